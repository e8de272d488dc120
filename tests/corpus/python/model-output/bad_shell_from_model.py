import subprocess

import anthropic

client = anthropic.Anthropic()


def do(task: str) -> str:
    message = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=300,
        messages=[{"role": "user", "content": f"Give one bash command for: {task}"}],
    )
    command = message.content[0].text.strip()
    return subprocess.run(command, shell=True, capture_output=True, text=True).stdout  # expect: CWE-78 @ command
