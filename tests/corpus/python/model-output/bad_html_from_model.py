from flask import Flask, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()


@app.post("/explain")
def explain():
    reply = client.responses.create(model="gpt-4o", input=request.form["question"])
    answer = reply.output_text
    return "<article>" + answer + "</article>"  # expect: CWE-79
