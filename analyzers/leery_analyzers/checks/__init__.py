"""Leery's own checks: one rule a file, found by the file, told apart by the file's name.

`common/`, `python/` and `javascript/` hold nothing but rules; the modules beside this one are what rules share.
"""
