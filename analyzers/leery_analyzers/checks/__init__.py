"""Leery's own checks: one rule a file, found by the file, told apart by the file's name.

`common/` and the folders named after languages hold nothing but rules; the modules beside this one are what rules
share.
"""
