import yaml
from flask import Flask, jsonify, request

app = Flask(__name__)


class Settings:
    loader = yaml.SafeLoader

    def __init__(self, text):
        self.text = text

    def read(self):
        return yaml.load(self.text, Loader=self.loader)


@app.post("/settings")
def settings():
    return jsonify(sorted(Settings(request.get_data()).read()))
