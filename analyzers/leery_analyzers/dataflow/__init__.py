"""Where values come from and where they go: an abstract interpreter over one small IR for every language.

Lowerings make the IR (`ir`) of a unit's syntax tree, models (`models/*.toml`) say what is a source, a sink or a
sanitiser, and the engine follows values through it. Nothing here runs or imports the code it looks at.
"""
