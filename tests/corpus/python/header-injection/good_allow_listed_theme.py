from http.server import BaseHTTPRequestHandler
from urllib.parse import parse_qs, urlparse


class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        theme = parse_qs(urlparse(self.path).query).get("theme", ["light"])[0]
        if theme not in ("light", "dark"):
            theme = "light"
        self.send_response(200)
        self.send_header("X-Theme", theme)
        self.end_headers()
