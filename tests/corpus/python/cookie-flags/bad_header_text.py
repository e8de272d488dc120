from http.server import BaseHTTPRequestHandler
import secrets


class H(BaseHTTPRequestHandler):
    def do_POST(self):
        sid = secrets.token_hex(16)
        self.send_response(200)
        self.send_header("Set-Cookie", f"sid={sid}; Path=/")  # expect: CWE-614
        self.end_headers()
