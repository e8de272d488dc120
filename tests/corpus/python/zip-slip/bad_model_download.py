import io
import tarfile

import requests


def fetch_model(url, target):
    response = requests.get(url, timeout=60)
    response.raise_for_status()
    archive = tarfile.open(fileobj=io.BytesIO(response.content))
    archive.extractall(path=target)  # expect: CWE-22
    archive.close()
    return target
