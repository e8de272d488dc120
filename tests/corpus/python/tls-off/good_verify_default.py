import requests


def fetch(url, verify=True):
    """The page behind an address; `verify` may name a bundle."""
    session = requests.Session()
    session.verify = verify or True
    return session.get(url, timeout=10).text
