import httpx


def fetch(path):
    with httpx.Client(base_url="https://api.example.com") as client:
        return client.get(path).json()
