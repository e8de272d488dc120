import anthropic
from fastapi import FastAPI

app = FastAPI()
client = anthropic.Anthropic()


@app.post("/summaries")
def summarise(document: str, instructions: str):
    system = "You summarise contracts. Follow these wishes: " + instructions
    message = client.messages.create(
        model="claude-sonnet-4-5",
        max_tokens=500,
        system=system,  # expect: CWE-1427
        messages=[{"role": "user", "content": document}],
    )
    return {"summary": message.content[0].text}
