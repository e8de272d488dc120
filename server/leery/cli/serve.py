"""``leery serve``: the language server on standard input and output, or on a loopback port for debugging."""

from __future__ import annotations

import asyncio
import functools
import gc
import ipaddress
import logging
import os
import socket
import sys
import traceback
from typing import TYPE_CHECKING, Any

import click

from leery.workers import Workers

if TYPE_CHECKING:
    from collections.abc import Callable, Coroutine
    from typing import BinaryIO

_SWITCH = 0.0005
"""Seconds after which a thread that holds the interpreter must let the event loop in; the default is ten times that."""

_THRESHOLDS = 10_000, 100, 100
"""Looking through all that the server holds for garbage keeps everybody waiting, so it is done seldom."""


@click.command("serve")
@click.option(
    "--stdio", is_flag=True, help="Use standard input and output; the default, accepted for editors that pass it."
)
@click.option("--tcp", metavar="HOST:PORT", help="Listen for one client on a loopback address instead, for debugging.")
@click.option(
    "--log-level",
    type=click.Choice(["error", "warning", "info", "debug"]),
    help="How much to log, whatever the setting leery.logLevel says.",
)
def command(*, stdio: bool, tcp: str | None, log_level: str | None) -> None:
    """Run the language server.

    Speaks the Language Server Protocol on standard input and output. Its own log goes to standard error and holds no
    text of documents.
    """
    if stdio and tcp:
        raise click.UsageError("--stdio and --tcp exclude each other")
    _set_up_logging(log_level or "warning")
    serve = functools.partial(_serve, sets_log_level=log_level is None)
    code = _serve_tcp(serve, *_loopback(tcp)) if tcp else asyncio.run(serve(sys.stdin.buffer, sys.stdout.buffer))
    sys.stderr.flush()
    os._exit(code)  # a reader thread may sit in a read that nothing can interrupt


def _set_up_logging(level: str) -> None:
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], level=level.upper())
    # pygls logs whole messages, and with them documents, at every level.
    logging.getLogger("pygls").setLevel(logging.CRITICAL + 1)
    logging.getLogger("watchfiles").setLevel(logging.WARNING)


class _Formatter(logging.Formatter):
    """Shows where an error happened and of which kind it is; its message may quote a document."""

    def formatException(self, ei: Any) -> str:  # noqa: N802 - the library's name
        """The frames and the error's type."""
        kind, _, trace = ei
        frames = "".join(traceback.format_list(traceback.extract_tb(trace)))
        return f"Traceback (most recent call last):\n{frames}{getattr(kind, '__name__', kind)}"


def _loopback(address: str) -> tuple[str, int]:
    host, _, port = address.rpartition(":")
    host = host.strip("[]") or "127.0.0.1"
    host = "127.0.0.1" if host == "localhost" else host
    try:
        number = int(port)
        local = ipaddress.ip_address(host).is_loopback
    except ValueError:
        raise click.BadParameter(f"{address!r} is not HOST:PORT", param_hint="--tcp") from None
    if not local:
        raise click.BadParameter("only loopback addresses are served: there is no authentication", param_hint="--tcp")
    return host, number


def _serve_tcp(serve: Callable[[BinaryIO, BinaryIO], Coroutine[Any, Any, int]], host: str, port: int) -> int:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.create_server((host, port), family=family) as listener:
        click.echo(f"listening on {host}:{listener.getsockname()[1]}", err=True)
        connection, _ = listener.accept()
    with connection, connection.makefile("rb") as source, connection.makefile("wb") as sink:
        return asyncio.run(serve(source, sink))


async def _serve(source: BinaryIO, sink: BinaryIO, *, sets_log_level: bool) -> int:
    """Start the workers, import the server meanwhile, and run it."""
    sys.setswitchinterval(_SWITCH)
    workers = Workers()
    await workers.start()
    gc.disable()  # the protocol's thousands of classes are there to stay: collecting meanwhile finds nothing
    from leery.lsp.app import LeeryServer  # noqa: PLC0415 - a quarter of a second of imports that no other command needs

    gc.freeze()
    gc.set_threshold(*_THRESHOLDS)
    gc.enable()
    return await LeeryServer(asyncio.get_running_loop(), workers, sets_log_level=sets_log_level).run(source, sink)
