from flask import Flask
from flask_cors import CORS

app = Flask(__name__)
CORS(app, origins="*", supports_credentials=True)  # expect: CWE-942


@app.get("/api/me")
def me():
    return {"name": "someone"}
