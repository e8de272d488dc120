import ssl
import urllib.request


def download(url, target):
    context = ssl.create_default_context()
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE  # expect: CWE-295
    with urllib.request.urlopen(url, context=context, timeout=30) as response, open(target, "wb") as out:
        out.write(response.read())
