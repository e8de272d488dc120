"""The log in formats for other programs: one module a format, each only reads."""
