from flask import Flask, abort, jsonify, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()
PERSONAS = {"formal": "You are formal.", "casual": "You are casual."}


@app.post("/chat")
def chat():
    data = request.get_json()
    system = PERSONAS.get(data.get("persona"))
    if system is None:
        abort(400)
    completion = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "system", "content": system}, {"role": "user", "content": data["message"]}],
    )
    return jsonify({"answer": completion.choices[0].message.content})
