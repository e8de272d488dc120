from flask import Flask, jsonify, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()


@app.post("/chat")
def chat():
    data = request.get_json()
    persona = data.get("persona", "helpful")
    completion = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[  # expect: CWE-1427
            {"role": "system", "content": f"You are a {persona} assistant of our bank."},
            {"role": "user", "content": data["message"]},
        ],
    )
    return jsonify({"answer": completion.choices[0].message.content})
