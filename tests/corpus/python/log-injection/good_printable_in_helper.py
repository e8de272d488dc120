import logging

import falcon

logger = logging.getLogger(__name__)


def plain(value):
    return "".join(char if char.isprintable() else "." for char in str(value))


class Complaints:
    def on_post(self, req, resp):
        logger.info("complaint about %s", plain(req.media["subject"]))
        resp.media = {"ok": True}
