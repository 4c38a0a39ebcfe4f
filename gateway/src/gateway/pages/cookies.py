"""The three cookies: who is signed in, how this visitor likes the pages, and what is to be said on the next
one.

`__Host-` binds a cookie to this very host over TLS; browsers take 127.0.0.1 and localhost for safe without
it.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any
from urllib.parse import parse_qsl, quote, unquote, urlencode

from werkzeug.http import dump_cookie, parse_cookie

SESSION = "__Host-desk-session"
LIKINGS = "__Host-desk-likings"
SAID = "__Host-desk-said"
BROWSER = "__Host-desk-browser"
TOUR = "__Host-desk-tour"
YEAR = 365 * 24 * 3600

Header = tuple[str, str]


@dataclass(frozen=True)
class Likings:
    """What a visitor may choose. An empty language is: that of the account, else of the browser."""

    language: str = ""
    theme: str = "system"
    density: str = "comfortable"
    keys: str = "on"

    def with_(self, **changed: str) -> Likings:
        """With the changes that are possible ones; others are ignored."""
        return replace(self, **{name: value for name, value in changed.items() if value in CHOICES[name]})


CHOICES: dict[str, tuple[str, ...]] = {
    "language": ("nl", "en"),
    "theme": ("system", "light", "dark", "contrast"),
    "density": ("comfortable", "dense"),
    "keys": ("on", "off"),
}


def read(environ: dict[str, Any]) -> dict[str, str]:
    return dict(parse_cookie(environ.get("HTTP_COOKIE", "")))


def likings(found: dict[str, str]) -> Likings:
    chosen = dict(parse_qsl(found.get(LIKINGS, "")))
    return Likings().with_(**{name: value for name, value in chosen.items() if name in CHOICES})


def said(found: dict[str, str]) -> str | None:
    """What the page before wanted said. It is shown as text and nothing else, whoever wrote it."""
    return unquote(found.get(SAID, ""))[:300] or None


def keep_likings(chosen: Likings) -> Header:
    return _set(LIKINGS, urlencode(chosen.__dict__), YEAR)


def say(sentence: str) -> Header:
    return _set(SAID, quote(sentence), 60)


def unsay() -> Header:
    return _set(SAID, "", 0)


def keep_session(token: str, seconds: int) -> Header:
    return _set(SESSION, token, seconds)


def end_session() -> Header:
    return _set(SESSION, "", 0)


def know_browser(mark: str) -> Header:
    return _set(BROWSER, mark, None)


def keep_tour(place: str) -> Header:
    """Where a visitor of the demo is in the first ten minutes."""
    return _set(TOUR, place, YEAR)


def _set(name: str, value: str, seconds: int | None) -> Header:
    cookie = dump_cookie(
        name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="Lax", sync_expires=False
    )
    return ("Set-Cookie", cookie)
