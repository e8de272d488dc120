"""Whatever the other side answers, or does not, is an answer or one kind of error."""

import socket
import threading

import pytest

from leery.log.post import PostError, post


def answering(data):
    """The address of a server that answers one request, whose body is `x`, with these bytes.

    It reads the request to its end, for a connection that is closed before is not closed but reset.
    """
    server = socket.create_server(("127.0.0.1", 0))

    def serve():
        with server, server.accept()[0] as connection:
            with connection.makefile("rb") as asked:
                while asked.readline().strip():
                    pass
                asked.read(1)
            connection.sendall(data)

    threading.Thread(target=serve, daemon=True).start()
    return f"http://127.0.0.1:{server.getsockname()[1]}/"


def test_an_answer():
    assert post(answering(b"HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nso"), b"x", "text/plain") == b"so"


@pytest.mark.parametrize(
    ("data", "why", "status"),
    [
        (b"", "closed", None),
        (b"what is this\r\n\r\n", "what is this", None),
        (b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "IncompleteRead", None),
        (b"HTTP/1.1 500 no\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "500", 500),
        (b"HTTP/1.1 409 no\r\nContent-Length: 5\r\n\r\ntwice", "409.*: twice", 409),
    ],
)
def test_what_is_no_answer(data, why, status):
    with pytest.raises(PostError, match=why) as raised:
        post(answering(data), b"x", "text/plain")
    assert raised.value.status == status


@pytest.mark.parametrize("url", ["file:///etc/passwd", "http://host:port/", "http://host/\n", "http://[::1/"])
def test_what_is_no_address(url):
    with pytest.raises(PostError):
        post(url, b"x", "text/plain")
