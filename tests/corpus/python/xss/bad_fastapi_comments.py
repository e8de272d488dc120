from fastapi import FastAPI, Form
from fastapi.responses import HTMLResponse

app = FastAPI()
COMMENTS: list[str] = []


@app.post("/comments")
async def add_comment(text: str = Form(...)):
    COMMENTS.append(text)
    page = "<h1>Thanks</h1>"
    page += "<blockquote>{}</blockquote>".format(text)
    return HTMLResponse(content=page)  # expect: CWE-79
