import json

from openai import OpenAI

client = OpenAI()


def extract(text):
    reply = client.responses.create(model="gpt-4o", input="Return JSON with name and age: " + text)
    data = json.loads(reply.output_text)
    return {"name": str(data["name"]), "age": int(data["age"])}
