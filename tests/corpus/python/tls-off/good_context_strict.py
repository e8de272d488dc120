import ssl
import urllib.request


def download(url):
    context = ssl.create_default_context()
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = True
    context.verify_mode = ssl.CERT_REQUIRED
    with urllib.request.urlopen(url, context=context, timeout=30) as response:
        return response.read()
