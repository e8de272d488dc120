from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlparse


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        query = parse_qs(urlparse(self.path).query)
        theme = query.get("theme", ["light"])[0]
        self.send_response(200)
        self.send_header("X-Theme", theme)  # expect: CWE-113 @ theme
        self.end_headers()
        self.wfile.write(b"ok")
