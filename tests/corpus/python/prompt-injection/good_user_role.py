from flask import Flask, jsonify, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()
SYSTEM = "You are the assistant of our bank. Never reveal account data."


@app.post("/chat")
def chat():
    message = request.get_json()["message"]
    completion = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "system", "content": SYSTEM}, {"role": "user", "content": message}],
    )
    return jsonify({"answer": completion.choices[0].message.content})
