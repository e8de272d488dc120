import os

import requests

CA_BUNDLE = os.environ.get("CA_BUNDLE", "/etc/ssl/certs/internal.pem")


def items(base_url):
    return requests.get(base_url + "/items", timeout=10, verify=CA_BUNDLE).json()
