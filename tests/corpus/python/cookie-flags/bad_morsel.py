from http.cookies import SimpleCookie


def login(environ, start_response, token):
    cookie = SimpleCookie()
    cookie["sessionid"] = token
    cookie["sessionid"]["path"] = "/"
    cookie["sessionid"]["httponly"] = True
    start_response("200 OK", [("Set-Cookie", cookie["sessionid"].OutputString())])  # expect: CWE-614
    return [b"ok"]
