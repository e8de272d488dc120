"""The provenance log: what was inserted, found, fixed, suppressed and reviewed, one immutable entry each.

`body` holds the kinds of entries, `entry` their final bytes, `redact` what is taken out before anything is hashed,
`database` and `writer` write, `reader` and `export` only read and import neither.
"""
