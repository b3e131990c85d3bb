"""Admission: who may ask the live laboratory, for how much, and what its answers may do."""

import secrets
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from ipaddress import ip_address
from socket import gethostname
from typing import Any
from urllib.parse import parse_qs, urlsplit

Message = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Message], Awaitable[None]]
Application = Callable[[Message, Receive, Send], Awaitable[None]]
"""As ASGI has it."""

LARGEST_BODY = 10_000
"""Most bytes that may be sent along; a policy has a few hundred."""
LOOPBACK = ("localhost", "127.0.0.1", "::1")
WILDCARDS = ("0.0.0.0", "::", "")  # noqa: S104 - to be told from an address, not to bind to
ASKING = ("GET", "HEAD")
"""Methods that change nothing."""


@dataclass(frozen=True, slots=True)
class Admission:
    """Lets in only who has the key, under a name of this machine, from its own page."""

    inner: Application
    key: str
    host: str
    """That the server is bound to."""
    policy: str
    """Content-Security-Policy of every answer."""
    cookie: str
    """Name of the cookie that holds the key after the first use."""

    async def __call__(self, scope: Message, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it in one line."""
        if scope["type"] == "lifespan":
            await self.inner(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        headers = {name.decode("latin-1"): _text(value) for name, value in scope["headers"]}
        asked = parse_qs(_text(scope["query_string"])).get("key", [""])[0]
        sealed = _sealed(send, self._seal(asked))
        refusal = self._refusal(scope["method"], headers, asked)
        if refusal is not None:
            await answer(sealed, *refusal)
            return
        await self.inner(scope, _bounded(receive), sealed)

    def _refusal(
        self, method: str, headers: MutableMapping[str, str], asked: str
    ) -> tuple[int, str] | None:
        """Return status and line with which a request is refused; none if it is let in."""
        host = headers.get("host", "")
        if not self._is_own(host):
            return 421, "this is no name of the live laboratory; use the address that it printed"
        if not _from_own_page(method, headers, host):
            return 403, "another site may not ask the live laboratory"
        if not self._opens(asked) and not self._opens(self._of_cookie(headers.get("cookie", ""))):
            return 403, "the key is missing; use the address that quotapolis serve printed"
        length = headers.get("content-length", "0")
        if not length.isascii() or not length.isdigit() or int(length[:9]) > LARGEST_BODY:
            return 413, f"more than {LARGEST_BODY} bytes were sent"
        return None

    def _is_own(self, host: str) -> bool:
        """Return whether a Host header names this server, and not whatever leads to it by DNS."""
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in (self.host.lower(), *LOOPBACK):
            return name != ""
        return self.host in WILDCARDS and (name == gethostname().lower() or _is_address(name))

    def _opens(self, word: str) -> bool:
        return secrets.compare_digest(word.encode(), self.key.encode())

    def _of_cookie(self, text: str) -> str:
        """Return the key among cookies, of which other servers of this machine may set any."""
        pairs = (pair.strip().partition("=") for pair in text.split(";"))
        return next((value for name, _, value in pairs if name == self.cookie), "")

    def _seal(self, asked: str) -> list[tuple[bytes, bytes]]:
        """Return what every answer says of itself; the right key becomes a cookie."""
        words = {
            "content-security-policy": self.policy,
            "x-content-type-options": "nosniff",
            "referrer-policy": "no-referrer",
            "cross-origin-resource-policy": "same-origin",
            "cross-origin-opener-policy": "same-origin",
            "cache-control": "no-store",
        }
        if self._opens(asked):
            words["set-cookie"] = f"{self.cookie}={self.key}; HttpOnly; SameSite=Strict; Path=/"
        return [(name.encode(), value.encode()) for name, value in words.items()]


def _from_own_page(method: str, headers: MutableMapping[str, str], host: str) -> bool:
    """Return whether a request comes from the page, or from a person who follows its address."""
    origin = headers.get("origin")
    if (origin is None and method not in ASKING) or origin not in (None, f"http://{host}"):
        return False
    followed = method in ASKING and headers.get("sec-fetch-mode") == "navigate"
    return followed or headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")


async def answer(send: Send, status: int, line: str) -> None:
    """Answer with one line of text."""
    body = f"{line}\n".encode()
    headers = [(b"content-type", b"text/plain; charset=utf-8"),
               (b"content-length", str(len(body)).encode())]  # fmt: skip
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body})


def _sealed(send: Send, words: list[tuple[bytes, bytes]]) -> Send:
    async def sealed(message: Message) -> None:
        if message["type"] == "http.response.start":
            message = {**message, "headers": [*message.get("headers", []), *words]}
        await send(message)

    return sealed


def _bounded(receive: Receive) -> Receive:
    """Return a source of a body that ends where it becomes too long."""
    taken = 0

    async def bounded() -> Message:
        nonlocal taken
        message = await receive()
        taken += len(message.get("body", b""))
        return message if taken <= LARGEST_BODY else {"type": "http.disconnect"}

    return bounded


def _is_address(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True


def _text(words: bytes) -> str:
    return words.decode("latin-1")
