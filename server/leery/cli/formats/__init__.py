"""How a scan's result is written: one file a format, each with ``write(result, stream)``; none of them decides."""
