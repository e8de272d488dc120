"""What the transport writes arrives whole and in order, however slowly it is read, and never holds up the caller."""

import asyncio
import contextlib
import io
import os
import socket
import sys
import threading

import pytest

with contextlib.suppress(ImportError):
    import fcntl

from leery.lsp.transport import BadFrameError, Transport, read_message

SIZES = (10, 200_000, 20, 30, 4096, 4097, 500_000, 40)


def messages():
    return [bytes([65 + number]) * size for number, size in enumerate(SIZES)]


async def made(sink):
    transport = Transport(io.BytesIO(), sink, asyncio.get_running_loop(), lambda _message: None)
    transport.start()
    return transport


def drain(source, total):
    parts = []
    while total and (part := source.read(min(total, 1000))):
        parts.append(part)
        total -= len(part)
    return b"".join(parts)


@pytest.mark.parametrize("kind", ["pipe", "socket", "memory"])
async def test_messages_arrive_whole_and_in_order(kind):
    if kind == "pipe":
        reading, writing = os.pipe()
        source, sink = os.fdopen(reading, "rb"), os.fdopen(writing, "wb")
    elif kind == "socket":
        one, two = socket.socketpair()
        source, sink = one.makefile("rb"), two.makefile("wb")
    else:
        source, sink = None, io.BytesIO()
    transport = await made(sink)
    for message in messages():
        transport.write(message)
    expected = b"".join(messages())
    if source is not None:  # only now does anybody read: nothing above waited for that
        assert await asyncio.to_thread(drain, source, len(expected)) == expected
        transport.write(b"at once")
        assert await asyncio.to_thread(drain, source, 7) == b"at once"
    transport.close(60)
    if source is None:
        assert sink.getvalue() == expected
    else:
        sink.close()
        source.close()
    if kind == "socket":
        one.close()
        two.close()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux tells how much a pipe holds")
async def test_an_empty_pipe_takes_as_much_as_it_holds_at_once():
    reading, writing = os.pipe()
    sink = os.fdopen(writing, "wb")
    room = fcntl.fcntl(writing, fcntl.F_GETPIPE_SZ)
    transport = Transport(io.BytesIO(), sink, asyncio.get_running_loop(), lambda _message: None)  # its threads sleep
    os.set_blocking(reading, False)
    transport.write(b"x" * room)
    assert os.read(reading, room) == b"x" * room
    transport.write(b"y" * (room + 1))
    with pytest.raises(BlockingIOError):
        os.read(reading, 1)
    sink.close()
    os.close(reading)


@pytest.mark.parametrize("size", [10, 100_000])
async def test_a_client_that_is_gone_is_no_error(size):
    reading, writing = os.pipe()
    sink = os.fdopen(writing, "wb", buffering=0)
    os.close(reading)
    transport = await made(sink)
    for _ in range(3):
        transport.write(b"x" * size)
    transport.close(60)
    assert not [thread for thread in threading.enumerate() if thread.name == "leery-writer"]
    sink.close()


def test_headers_that_make_no_sense_are_passed_over():
    stream = io.BytesIO(
        b"nonsense\r\nContent-Length: x\r\n\r\nContent-Length: 2\r\nOther: 1\r\n\r\n{}Content-Length: 1\r\n\r\n{"
    )
    assert read_message(stream) == {}
    with pytest.raises(BadFrameError):
        read_message(stream)
    assert read_message(stream) is None


def test_a_length_that_python_refuses_to_read_is_passed_over():
    stream = io.BytesIO(b"Content-Length: " + b"9" * 5000 + b"\r\n\r\nContent-Length: 2\r\n\r\n{}")
    assert read_message(stream) == {}


async def until(ready):
    for _ in range(12_000):
        if ready():
            return
        await asyncio.sleep(0.005)
    raise AssertionError("waited in vain")


async def test_time_stands_still_while_a_message_is_read_or_waits():
    reading, writing = os.pipe()
    handled = []
    with os.fdopen(reading, "rb") as source:
        loop = asyncio.get_running_loop()
        transport = Transport(source, io.BytesIO(), loop, lambda _message: handled.append(transport.now()))
        transport.start()
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            pipe.write(b"Content-Length: 8\r\n\r\n[1, ")
            await until(lambda: transport.now() == transport.now())
            began = transport.now()
            await asyncio.sleep(0.05)
            assert transport.now() == began
            pipe.write(b"222]")
            await until(lambda: handled)
            assert handled == [began]
            assert transport.now() > began


async def test_what_comes_after_a_long_message_comes_at_once():
    reading, writing = os.pipe()
    handled = []
    with os.fdopen(reading, "rb") as source:
        loop = asyncio.get_running_loop()
        transport = Transport(source, io.BytesIO(), loop, lambda _message: handled.append(transport.now()))
        transport.start()
        with os.fdopen(writing, "wb", buffering=0) as pipe:
            pipe.write(b"Content-Length: 8\r\n\r\n[1, ")
            await asyncio.sleep(3)
            pipe.write(b"222]Content-Length: 2\r\n\r\n{}")
            await until(lambda: len(handled) == 2)
            assert handled[0] <= handled[1] < handled[0] + 2
        await until(lambda: len(handled) == 2)  # the end of input
        transport.close(60)
