import logging

from flask import Flask, request

app = Flask(__name__)
logger = logging.getLogger(__name__)


@app.get("/search")
def search():
    logger.info("search for %r", request.args.get("q"))
    logger.debug(f"page {int(request.args.get('page', 1))}")
    return {"results": []}
