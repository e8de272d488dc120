import sqlite3

from openai import OpenAI

client = OpenAI()


def ask(question):
    """Answer a question about the shop's data."""
    reply = client.chat.completions.create(
        model="gpt-4o",
        messages=[{"role": "user", "content": "Write SQLite SQL for: " + question}],
    )
    statement = reply.choices[0].message.content
    with sqlite3.connect("shop.db") as connection:
        return connection.execute(statement).fetchall()  # expect: CWE-89 @ statement
