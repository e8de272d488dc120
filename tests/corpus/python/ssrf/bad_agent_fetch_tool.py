import httpx


async def fetch_url(url: str, max_chars: int = 4000) -> str:
    """Tool: the text of a web page, for the model to read."""
    async with httpx.AsyncClient(follow_redirects=True, timeout=20) as client:
        response = await client.get(url)  # expect: CWE-918 @ url
        return response.text[:max_chars]


TOOLS = {"fetch_url": fetch_url}
