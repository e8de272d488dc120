from flask import Flask, request
from flask_login import current_user, login_required
from PIL import Image

app = Flask(__name__)


@app.post("/avatar")
@login_required
def avatar():
    picture = Image.open(request.files["avatar"].stream)
    picture.thumbnail((256, 256))
    picture.save(f"/var/avatars/{int(current_user.id)}.png", format="PNG")
    return {"ok": True}
