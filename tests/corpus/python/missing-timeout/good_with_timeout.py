import requests

TIMEOUT = (3.05, 20)
session = requests.Session()


def rates():
    session.get("https://rates.example.com/latest", timeout=TIMEOUT)
    return requests.get("https://rates.example.com/latest", timeout=5).json()
