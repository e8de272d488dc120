import requests


def rates(base="EUR"):
    response = requests.get("https://rates.example.com/latest", params={"base": base})  # expect: CWE-400
    return response.json()["rates"]
