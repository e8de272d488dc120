from flask import Flask

app = Flask(__name__)


@app.errorhandler(Exception)
def on_error(error):
    return {"error": repr(error), "type": type(error).__name__}, 500  # expect: CWE-209
