from pathlib import Path

from flask import Flask, abort, request

app = Flask(__name__)
IMAGES = Path("public/images")


@app.post("/images")
def images():
    image = request.files["image"]
    if not image.content_type.startswith("image/"):
        abort(415)
    image.save(IMAGES / image.filename)  # expect: CWE-434|CWE-22
    return {"ok": True}
