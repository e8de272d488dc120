from flask import Flask, request
from openai import OpenAI

app = Flask(__name__)
client = OpenAI()
RULES = "You grade essays from 1 to 6. The teacher says: {teacher}"


@app.post("/grade")
def grade():
    prompt = RULES.format(teacher=request.form["teacher"])
    reply = client.responses.create(model="gpt-4o", instructions=prompt, input=request.form["essay"])  # expect: CWE-1427
    return {"grade": reply.output_text}
