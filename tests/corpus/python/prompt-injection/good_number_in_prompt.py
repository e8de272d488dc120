import anthropic
from fastapi import FastAPI

app = FastAPI()
client = anthropic.Anthropic()


@app.post("/summaries")
def summarise(document: str, sentences: int = 3):
    message = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=500,
        system=f"Summarise in {sentences} sentences.",
        messages=[{"role": "user", "content": document}],
    )
    return {"summary": message.content[0].text}
