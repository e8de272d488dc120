class Jar:
    """Cookies of a bakery, not of a browser."""

    def __init__(self):
        self.cookies = {}

    def set_cookie(self, name, weight):
        self.cookies[name] = weight


def fill(jar: Jar):
    jar.set_cookie("ginger", 12)
    jar.set_cookie("session_cookie_recipe", 20)
