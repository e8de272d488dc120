"""One client's session: joins documents, provenance, analysis and log; plain data, no LSP."""

from leery.provenance.hints import Source
from leery.session.errors import NotFoundError
from leery.session.listener import Listener
from leery.session.session import Session
from leery.session.views import BlockView, Remark, Shown, View

__all__ = ["BlockView", "Listener", "NotFoundError", "Remark", "Session", "Shown", "Source", "View"]
