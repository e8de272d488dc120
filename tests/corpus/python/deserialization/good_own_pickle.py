from flask import Flask, jsonify, request

app = Flask(__name__)


class pickle:
    """Recipes for pickled vegetables, one ingredient a line."""

    @staticmethod
    def loads(text):
        return [line.strip() for line in text.splitlines() if line.strip()]


@app.post("/recipes")
def add():
    return jsonify(ingredients=pickle.loads(request.get_data(as_text=True)))
