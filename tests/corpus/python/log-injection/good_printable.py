import logging

from bottle import Bottle, request

app = Bottle()
log = logging.getLogger("library")


@app.get("/find")
def find():
    title = "".join(c if c.isprintable() else "?" for c in request.query.get("title", ""))
    author = " ".join(request.query.get("author", "").split())
    log.info("search for {} by {}".format(title, author))
    return {"ok": True}
