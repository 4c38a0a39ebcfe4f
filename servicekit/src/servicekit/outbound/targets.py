"""Which addresses of others we post to: https to a public name on a usual port, and listed exceptions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import SplitResult, urlsplit

PORTS = (443, 8443)
_USUAL_PORT = {"https": 443, "http": 80}
# What urlsplit would silently drop, browsers read as a slash, or a proxy might read in another way.
_VISIBLE = re.compile(r"[\x21-\x7e]{1,500}")
_UNCLEAR = re.compile(r"[\\<>\"^`{|}]")
_LABEL = re.compile(r"(?!-)[a-z0-9-]{1,63}(?<!-)")
# A name that ends in a number is an address to some resolver: 127.1, 2130706433, 0x7f.1, 0177.0.0.1.
_LAST_LABEL = re.compile(r"[a-z]{2,63}|xn--[a-z0-9-]{1,59}")
_INSIDE = frozenset(["localhost", "local", "internal", "intranet", "lan", "arpa", "onion", "invalid"])


class TargetRefused(Exception):
    """We do not post there; the text is a sentence that says why."""


@dataclass(frozen=True)
class Target:
    """Where to post. `is_listed`: allowed by the operations team as it is, wherever it leads."""

    scheme: str
    host: str
    port: int
    path: str
    is_listed: bool = False

    @property
    def authority(self) -> str:
        """As the Host header has it."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == _USUAL_PORT[self.scheme] else f"{name}:{self.port}"


class Targets:
    """`allowed` are exceptions, as exact `host:port`: there http and addresses inside are taken too."""

    def __init__(self, allowed: Iterable[str] = ()) -> None:
        self._allowed = frozenset(one.strip().lower() for one in allowed if one.strip())

    def check(self, url: str) -> Target:
        """Raises TargetRefused. What the name leads to is looked at when something is posted."""
        parts = _split(url)
        host, usual = (parts.hostname or "").lower(), _USUAL_PORT.get(parts.scheme, 0)
        port = usual if parts.port is None else parts.port
        path = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
        if parts.scheme in _USUAL_PORT and _spelled(host, port) in self._allowed:
            return Target(parts.scheme, host, port, path, is_listed=True)
        _check_public(parts.scheme, host, port)
        return Target(parts.scheme, host, port, path)


def _split(url: str) -> SplitResult:
    if not _VISIBLE.fullmatch(url) or _UNCLEAR.search(url):
        raise TargetRefused("The address has characters that do not belong in one; at most 500 of them.")
    try:
        parts = urlsplit(url)
        _ = parts.port
    except ValueError as error:
        raise TargetRefused("The address cannot be read.") from error
    if "@" in parts.netloc:
        raise TargetRefused("The address must not name a user: what we post is signed instead.")
    if "#" in url:
        raise TargetRefused("The address must not have a '#': that part is never sent.")
    return parts


def _check_public(scheme: str, host: str, port: int) -> None:
    if scheme != "https":
        raise TargetRefused("The address must begin with https://.")
    if port not in PORTS:
        raise TargetRefused(f"The port must be {' or '.join(map(str, PORTS))}.")
    labels = host.split(".")
    named = all(_LABEL.fullmatch(label) for label in labels) and _LAST_LABEL.fullmatch(labels[-1])
    if len(host) > 253 or len(labels) < 2 or not named:
        raise TargetRefused("The address must have a full name such as orders.example.com, not a number.")
    if labels[-1] in _INSIDE:
        raise TargetRefused(f"A name that ends in .{labels[-1]} cannot be reached from outside.")


def _spelled(host: str, port: int) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
