import requests

OPTIONS = {"timeout": 10, "allow_redirects": False}


def fetch(url):
    return requests.get(url, **OPTIONS).text
