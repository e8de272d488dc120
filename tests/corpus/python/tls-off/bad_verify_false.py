import requests


class InventoryClient:
    def __init__(self, base_url, token):
        self.base_url = base_url
        self.token = token

    def items(self):
        headers = {"Authorization": f"Bearer {self.token}"}
        response = requests.get(self.base_url + "/items", headers=headers, timeout=10, verify=False)  # expect: CWE-295
        response.raise_for_status()
        return response.json()
