"""The language server's edge: the only package that knows pygls, lsprotocol and positions in client units."""
