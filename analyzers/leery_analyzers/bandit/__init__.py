"""bandit's tests on one unit at a time, in process.

Importing this package does not import bandit, which costs 150 ms and 18 MB: that happens with the first call of
`BanditAnalyzer.analyze` or `BanditAnalyzer.rules`, in the worker that needs it.

The units of a file give what a run of bandit on the file gives, with these differences:

- A file of which a part does not parse: bandit says nothing at all, we report on the units that do parse.
- B613 (bidirectional characters): bandit stops at the first one in a file, we at the first one in each unit; and a
  ``nosec`` in the file's first line hides the one in bandit, but not in a unit, which does not know where it stands.
- B703 (``mark_safe``) outside of a plain function: bandit looks for the argument's value in the whole module, a unit
  is all we see, so a constant that is assigned elsewhere is reported.
- A line with a form feed or another character that `str.splitlines` takes for a line end: bandit's B613 names a line
  further down, our place is the character itself.
"""

from leery_analyzers.bandit.analyzer import BanditAnalyzer

__all__ = ["BanditAnalyzer"]
