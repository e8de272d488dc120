import io
from contextlib import redirect_stdout

import openai


def answer_with_code(question: str) -> str:
    """Let the model write Python and run it."""
    client = openai.OpenAI()
    completion = client.chat.completions.create(
        model="gpt-4o-mini",
        messages=[{"role": "user", "content": f"Write Python that answers: {question}"}],
    )
    code = completion.choices[0].message.content
    code = code.strip().removeprefix("```python").removesuffix("```")
    buffer = io.StringIO()
    with redirect_stdout(buffer):
        exec(code, {})  # expect: CWE-94 @ code
    return buffer.getvalue()
