"""The language server's edge: the only package that knows pygls, lsprotocol and positions in client units."""

from leery.lsp.lazy_types import import_types

import_types()
