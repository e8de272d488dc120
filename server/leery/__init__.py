"""Leery: a language server that is wary of code nobody in the room wrote."""

__version__ = "0.1.0"
