import os

from jinja2 import Template


class Notifier:
    def __init__(self, transport):
        self.transport = transport

    def notify(self, user, message):
        text = Template("Dear {{ user.name }},\n" + message).render(user=user)  # expect: CWE-94
        self.transport.send(user.address, text)


if __name__ == "__main__":
    import sys

    Notifier(print).notify(os.environ["USER"], sys.argv[1])
