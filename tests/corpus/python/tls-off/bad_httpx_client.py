import httpx

OPTIONS = {"timeout": 10.0, "follow_redirects": True}


def client_for(host):
    return httpx.AsyncClient(base_url=f"https://{host}", verify=False, **OPTIONS)  # expect: CWE-295
