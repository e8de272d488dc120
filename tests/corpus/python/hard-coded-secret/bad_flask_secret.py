from flask import Flask

app = Flask(__name__)
app.config["SQLALCHEMY_DATABASE_URI"] = "sqlite:///app.db"
app.config["SECRET_KEY"] = "f3cfe9ed8fae309f02079dbf"  # expect: CWE-798


@app.route("/")
def index():
    return {"status": "ok"}
