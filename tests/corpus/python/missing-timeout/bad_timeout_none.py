import httpx


def fetch(path):
    with httpx.Client(base_url="https://api.example.com", timeout=None) as client:  # expect: CWE-400
        return client.get(path).json()
