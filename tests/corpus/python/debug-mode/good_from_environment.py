import os

from flask import Flask

app = Flask(__name__)


@app.route("/")
def index():
    return {"status": "ok"}


if __name__ == "__main__":
    app.run(debug=os.environ.get("FLASK_DEBUG") == "1", port=5000)
