import requests as http


class Store:
    def __init__(self, url):
        self.url = url

    def save(self, key, value):
        http.put(f"{self.url}/{key}", data=value).raise_for_status()  # expect: CWE-400
