"""From an HTTP exchange to a page function and back.

Who is not signed in and opens a page is sent to sign in and comes back; what they sent is kept meanwhile.
What a service refuses becomes a page that says what to do.
"""

from __future__ import annotations

import secrets
from contextlib import ExitStack
from typing import Any
from urllib.parse import quote

from servicekit.errors import ServiceError, Unauthenticated
from werkzeug.wrappers import Response

from gateway.house import House
from gateway.http import multipart
from gateway.http.application import Environ, Exchange
from gateway.pages import cookies, errors, forms
from gateway.pages.frame import Frame
from gateway.pages.moments import Moments
from gateway.pages.outcome import Go, Outcome
from gateway.pages.page import PUBLIC, Page
from gateway.pages.visit import NOBODY, Visit
from gateway.pages.words import best_language, words


class SignInFirst(Exception):
    """Nobody is signed in, and this page is not for everybody."""


class PageEndpoint:
    """Answers one page."""

    def __init__(self, page: Page, house: House, frame: Frame) -> None:
        self.page = page
        self._house = house
        self._frame = frame

    def __call__(self, exchange: Exchange) -> Response:
        visit = open_visit(exchange, self._house)
        with ExitStack() as after:  # files that came in and were not kept are gone with the answer
            try:
                self._admit(visit, exchange.environ, after)
                outcome: Outcome = self.page.function(visit, **exchange.values)
            except SignInFirst:
                outcome = self._to_sign_in(visit)
            except ServiceError as error:
                outcome = errors.page(visit, error)
            return self._frame.answer(visit, outcome)

    def _admit(self, visit: Visit, environ: Environ, after: ExitStack) -> None:
        """The same order as for the API: who are you, may your role do this, is the form ours."""
        if self.page.permission != PUBLIC:
            if not visit.signed_in:
                if self.page.method == "POST":
                    visit.form = self._form(environ, after)
                raise SignInFirst
            visit.actor.require(self.page.permission)
        if self.page.method == "POST":
            visit.form = self._form(environ, after)
            self._house.guard.check(environ, visit.form.get("csrf", ""), bound_to(visit))

    def _form(self, environ: Environ, after: ExitStack) -> forms.Form:
        files = self._house.files
        if not (self.page.takes_files and files.store and multipart.is_multipart(environ)):
            return forms.read(environ)
        parts = after.enter_context(multipart.reading(environ, files.store, files.most_bytes))
        return forms.Form(parts.fields, parts.files)

    def _to_sign_in(self, visit: Visit) -> Outcome:
        if self.page.method == "GET":
            return Go(f"/sign-in?next={quote(visit.path)}")
        from gateway.pages.access.signing_in import sign_in_page

        return sign_in_page(visit, resume=(visit.path, visit.form), status=401)


def open_visit(exchange: Exchange, house: House, unknown: bool = False) -> Visit:
    """Who it is and how they like it. A session that has ended is no session; the page then asks to sign in.
    `unknown`: do not even look who it is.
    """
    environ = exchange.environ
    found = cookies.read(environ)
    actor, token = _session(house, None if unknown else found.get(cookies.SESSION))
    chosen = cookies.likings(found)
    language = best_language(
        chosen.language, actor.language if token else "", environ.get("HTTP_ACCEPT_LANGUAGE", "")
    )
    spoken = words(language)
    query = environ.get("QUERY_STRING", "")
    visit = Visit(
        house=house,
        path=environ["PATH_INFO"] + (f"?{query}" if query else ""),
        correlation_id=exchange.correlation_id,
        words=spoken,
        moments=Moments(house.demo_clock.now(), house.settings.zone, spoken),
        likings=chosen,
        made=house.live.position(),
        actor=actor,
        token=token,
        address=house.address_of(environ),
        query=forms.parse(query),
        packs="gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
        target=environ.get("HTTP_HX_TARGET") if environ.get("HTTP_HX_REQUEST") else None,
        nonce=secrets.token_urlsafe(16),
        said=cookies.said(found),
        browser=found.get(cookies.BROWSER, ""),
        tour=found.get(cookies.TOUR, ""),
    )
    if not visit.browser and not token:
        visit.browser = secrets.token_urlsafe(16)
        visit.cookies.append(cookies.know_browser(visit.browser))
    visit.csrf = house.guard.mark(bound_to(visit))
    return visit


def bound_to(visit: Visit) -> str:
    """What a form belongs to: the session, or before there is one this browser."""
    return visit.token or visit.browser


def _session(house: House, token: str | None) -> tuple[Any, str | None]:
    if not token:
        return NOBODY, None
    try:
        return house.gate.actor_of(token), token
    except Unauthenticated:
        return NOBODY, None
