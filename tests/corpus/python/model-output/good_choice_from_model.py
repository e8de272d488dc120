import subprocess

from openai import OpenAI

client = OpenAI()
COMMANDS = {"status": ["git", "status"], "log": ["git", "log", "-5"]}


def do(task: str) -> str:
    reply = client.responses.create(model="gpt-4o", input=f"One of status, log: {task}")
    command = COMMANDS.get(reply.output_text.strip())
    if command is None:
        return "not allowed"
    return subprocess.run(command, capture_output=True, text=True, check=False).stdout
