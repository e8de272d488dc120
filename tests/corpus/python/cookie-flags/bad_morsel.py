from http.cookies import SimpleCookie


def login(environ, start_response, token):
    cookie = SimpleCookie()
    cookie["sessionid"] = token
    cookie["sessionid"]["path"] = "/"
    cookie["sessionid"]["httponly"] = True  # expect: CWE-614
    start_response("200 OK", [("Set-Cookie", cookie["sessionid"].OutputString())])
    return [b"ok"]
