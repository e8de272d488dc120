import openai
import requests


def answer(url, question):
    page = requests.get(url, timeout=10).text
    client = openai.OpenAI()
    messages = [
        {"role": "system", "content": "Answer from this page:\n" + page},
        {"role": "user", "content": question},
    ]
    reply = client.chat.completions.create(model="gpt-4o", messages=messages)  # expect: CWE-1427
    return reply.choices[0].message.content
