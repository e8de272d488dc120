import socket

from flask import Flask

app = Flask(__name__)


def listen(port):
    server = socket.socket()
    server.bind(("127.0.0.1", port))
    return server


if __name__ == "__main__":
    app.run(host="127.0.0.1", port=5000)
