"""What the commands print with: `leery.output`, under the name that they know."""

from leery.output import json_text, printable, uri_reference, well_formed

__all__ = ["json_text", "printable", "uri_reference", "well_formed"]
