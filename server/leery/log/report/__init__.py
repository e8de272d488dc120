"""The log as one HTML page for a security reviewer.

`figures` turns a summary into numbers and rows, `chart` into the geometry of its drawings, `blocks` the blocks into
data for the page's script, `render` all of it into the page in `page/`. Only reads, and asks nothing but the log.
"""
