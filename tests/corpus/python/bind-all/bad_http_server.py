from http.server import HTTPServer, SimpleHTTPRequestHandler

ADDRESS = ("", 8000)


def main():
    server = HTTPServer(("0.0.0.0", ADDRESS[1]), SimpleHTTPRequestHandler)  # expect: CWE-605
    server.serve_forever()


if __name__ == "__main__":
    main()
