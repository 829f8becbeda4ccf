"""Servers on the loopback that take what is sent: HTTP with the answers that a test wants, and SMTP with login."""

from __future__ import annotations

import json
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from email.policy import default
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import AuthResult, LoginPassword


@dataclass
class Hook:
    """An HTTP server that gives its `answers` (code, body) in turn, the last one for ever; `got`: what it was sent."""

    answers: list[tuple[int, str]]
    url: str = ""
    got: list[tuple[dict[str, str], Any]] = field(default_factory=list)

    @property
    def documents(self) -> list[Any]:
        """The documents that it was sent."""
        return [document for _, document in self.got]


@contextmanager
def hook(*answers: tuple[int, str]) -> Iterator[Hook]:
    """A webhook that listens."""
    there = Hook(list(answers or [(200, "{}")]))

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            there.got.append((dict(self.headers), json.loads(body)))
            code, said = there.answers[min(len(there.got), len(there.answers)) - 1]
            self.send_response(code)
            if 300 <= code < 400:
                self.send_header("Location", f"{there.url}/elsewhere")
            self.end_headers()
            self.wfile.write(said.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    there.url = f"http://127.0.0.1:{server.server_port}/robot/KEY-OF-THE-ROBOT"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield there
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


@dataclass
class Post:
    """A mail server: where it listens, and what it was given."""

    port: int = 0
    mails: list[tuple[list[str], Message]] = field(default_factory=list)


@contextmanager
def post_office(refuses: int = 0, password: str = "") -> Iterator[Post]:
    """A mail server that refuses the first so many mails for now; with a password it wants one."""
    office = Post()

    class Handler:
        async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
            nonlocal refuses
            if password and not session.authenticated:
                return "530 Log in first"
            if refuses:
                refuses -= 1
                return "451 Try again later"
            office.mails.append((envelope.rcpt_tos, message_from_bytes(envelope.content, policy=default)))
            return "250 OK"

    def lets_in(server: Any, session: Any, envelope: Any, mechanism: str, given: Any) -> AuthResult:
        return AuthResult(success=isinstance(given, LoginPassword) and given.password == password.encode())

    words = {"authenticator": lets_in, "auth_require_tls": False} if password else {}
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        office.port = free.getsockname()[1]
    controller = Controller(Handler(), hostname="127.0.0.1", port=office.port, **words)
    controller.start()
    try:
        yield office
    finally:
        controller.stop()
