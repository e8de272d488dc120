"""Where every character of the open documents came from.

`tracker` is the way in. Nothing here parses code, knows LSP types or shows anything.
"""
