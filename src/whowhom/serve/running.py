"""The server: a port of its own, and an end without a word."""

from __future__ import annotations

import errno
import ipaddress
import logging
import signal
import socket
import sys
import threading
import webbrowser
from collections.abc import Callable
from types import FrameType

import uvicorn
from fastapi import FastAPI

from whowhom.errors import SettingError


def is_loopback(host: str) -> bool:
    """Whether an address to listen at is this machine's alone."""
    if host.lower() == "localhost":
        return True
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def is_every(host: str) -> bool:
    """Whether an address to listen at stands for all that this machine has."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_unspecified
    except ValueError:
        return False


def listening(host: str, port: int) -> socket.socket:
    """A socket that listens there. Raises `SettingError` where the port is taken or the address is not ours."""
    name = host.strip("[]")
    try:
        family, kind, protocol, _, address = socket.getaddrinfo(
            "127.0.0.1" if name.lower() == "localhost" else name, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        found = socket.socket(family, kind, protocol)
    except OSError as error:
        raise SettingError(f"there is no address {host!r} to listen at ({error.strerror}): check --host") from error
    try:
        if sys.platform != "win32":
            found.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        found.bind(address)
        found.listen(128)
    except OSError as error:
        found.close()
        if error.errno == errno.EADDRINUSE:
            raise SettingError(
                f"port {port} is taken, perhaps by another `whowhom serve`: end that, or name another with --port"
            ) from error
        if error.errno == errno.EACCES:
            raise SettingError(f"you may not listen at port {port}: name one above 1023 with --port") from error
        raise SettingError(f"one cannot listen at {host!r}, port {port} ({error.strerror}): check --host") from error
    return found


class _Server(uvicorn.Server):
    """A server that says when it is ready and lets streams end when it is to end."""

    def __init__(self, config: uvicorn.Config, app: FastAPI, ready: Callable[[], None]) -> None:
        super().__init__(config)
        self._app, self._ready = app, ready

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Begin."""
        await super().startup(sockets=sockets)
        if self.started:
            self._ready()

    def handle_exit(self, sig: int, frame: FrameType | None) -> None:
        """End."""
        self._app.state.watcher.closing = True
        super().handle_exit(sig, frame)


def run(app: FastAPI, at: socket.socket, *, ready: Callable[[], None], log: bool) -> None:
    """Serve until Ctrl-C or SIGTERM, and end without a word.

    Args:
        app: what answers.
        at: where to listen.
        ready: called once it answers.
        log: write a line for each call to standard error.
    """
    out = logging.StreamHandler()
    out.setFormatter(logging.Formatter("%(asctime)s %(message)s", "%Y-%m-%dT%H:%M:%S"))
    logger = logging.getLogger("whowhom.serve")
    logger.addHandler(out)
    logger.propagate = False
    logger.setLevel(logging.INFO if log else logging.WARNING)
    config = uvicorn.Config(
        app, log_config=None, access_log=False, log_level="critical", server_header=False, timeout_graceful_shutdown=2,
        timeout_keep_alive=30, limit_concurrency=500, lifespan="on", ws="none",
    )  # fmt: skip
    before = signal.signal(signal.SIGTERM, lambda *_: None)  # uvicorn raises it once more when it has ended
    try:
        _Server(config, app, ready).run(sockets=[at])
    except KeyboardInterrupt:
        pass
    finally:
        signal.signal(signal.SIGTERM, before)
        logger.removeHandler(out)
        at.close()


def open_browser(address: str) -> None:
    """Open a page in the user's browser, without waiting for it."""
    threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
