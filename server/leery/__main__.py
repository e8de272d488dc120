"""``python -m leery``: the command line, safe to start in a folder whose content nobody vouches for.

``python -m`` puts the current folder first on the module path, so a file ``json.py`` or ``click/`` lying there would be
imported, that is: executed, in place of the real one. The entry is dropped before anything but `sys`, which is built
in, is imported. The ``leery`` script needs none of this: there the first entry is the script's own folder.

What Python looks up before this file runs cannot be mended here: this package, ``importlib`` and ``runpy``. In a folder
that may hold files of those names use the script or ``python -I -m leery``, which never look into the current folder.
"""

import sys

if __name__ == "__main__" and not (sys.flags.isolated or getattr(sys.flags, "safe_path", False)):
    del sys.path[0]

from leery.cli import main

if __name__ == "__main__":
    main()
