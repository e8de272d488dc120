import requests

session = requests.Session()


def send(event):
    return session.post("https://events.example.com/v1", json=event).status_code  # expect: CWE-400
