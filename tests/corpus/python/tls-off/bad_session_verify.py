import requests
import urllib3

urllib3.disable_warnings()


def make_session(user, password):
    session = requests.Session()
    session.auth = (user, password)
    session.verify = False  # expect: CWE-295
    return session
