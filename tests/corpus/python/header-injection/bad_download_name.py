from wsgiref.simple_server import make_server
from urllib.parse import parse_qs


def application(environ, start_response):
    query = parse_qs(environ["QUERY_STRING"])
    name = query.get("name", ["report"])[0]
    start_response("200 OK", [("Content-Type", "text/csv"), ("X-Report", name)])  # expect: CWE-113
    return [b"a,b\n1,2\n"]


if __name__ == "__main__":
    make_server("127.0.0.1", 8000, application).serve_forever()
