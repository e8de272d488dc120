"""bandit's tests on one unit at a time, in process.

Importing this package does not import bandit, which costs 150 ms and 18 MB: that happens with the first call of
`BanditAnalyzer.analyze` or `BanditAnalyzer.rules`, in the worker that needs it.
"""

from leery_analyzers.bandit.analyzer import BanditAnalyzer

__all__ = ["BanditAnalyzer"]
