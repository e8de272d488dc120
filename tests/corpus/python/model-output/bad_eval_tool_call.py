import json

from openai import OpenAI

client = OpenAI()


def run(prompt, tools):
    reply = client.chat.completions.create(model="gpt-4o", messages=[{"role": "user", "content": prompt}], tools=tools)
    call = reply.choices[0].message.tool_calls[0]
    arguments = json.loads(call.function.arguments)
    return eval(arguments["expression"])  # expect: CWE-94
