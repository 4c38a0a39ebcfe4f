"""From what a page function answers to the HTTP answer: the template with what every page needs, the
policy, the cookies.
"""

from __future__ import annotations

import gzip
from functools import cache
from typing import Any

from jinja2 import Environment
from werkzeug.wrappers import Response

from gateway.demo.tour import place_from
from gateway.house import House
from gateway.pages import cookies
from gateway.pages.demo.steps import STEPS
from gateway.pages.live_mark import LiveMark
from gateway.pages.looks import Looks
from gateway.pages.names import ROLES
from gateway.pages.navigation import by_section, navigation
from gateway.pages.outcome import File, Go, Outcome, Show
from gateway.pages.site_map import home_of
from gateway.pages.static import Statics
from gateway.pages.templating import environment, render
from gateway.pages.visit import Visit

HTML = "text/html; charset=utf-8"
# Below this it is one packet anyway; above it, a little work saves the most of what goes over the line.
PACKED_FROM, PACKING = 2000, 4


class Frame:
    """Shared by all pages of a process."""

    def __init__(self, house: House, looks: Looks, live_mark: LiveMark) -> None:
        self.statics = Statics(looks)
        self._looks = looks
        self._house = house
        self._live_mark = live_mark
        self._templates: Environment = environment()
        self._template = cache(self._templates.get_template)

    def answer(self, visit: Visit, outcome: Outcome) -> Response:
        if isinstance(outcome, Response):
            return outcome
        if isinstance(outcome, File):
            return _file(outcome)
        return self._go(visit, outcome) if isinstance(outcome, Go) else self._show(visit, outcome)

    def _show(self, visit: Visit, shown: Show) -> Response:
        body = render(self._template(shown.template), self._values(visit, shown), _block(visit.target))
        response = _packed(body, visit, shown)
        response.headers["Content-Security-Policy"] = policy(visit.nonce)
        response.headers.setdefault("Referrer-Policy", "same-origin")
        response.headers["Vary"] = "HX-Request, HX-Target, Accept-Encoding"
        for name, value in visit.cookies:
            response.headers.add(name, value)
        if visit.said and visit.target is None:
            response.headers.add(*cookies.unsay())
        return response

    def _go(self, visit: Visit, go: Go) -> Response:
        response = Response(status=303, headers={"Location": go.to})
        for name, value in (*visit.cookies, *go.headers):
            response.headers.add(name, value)
        if go.said:
            response.headers.add(*cookies.say(go.said))
        return response

    def _values(self, visit: Visit, shown: Show) -> dict[str, Any]:
        return {
            "visit": visit,
            "_": visit.words,
            "t": visit.moments,
            "actor": visit.actor,
            "can": visit.can,
            "house_name": self._looks.name,
            "static": self.statics.address,
            "home": home_of(visit.actor),
            "roles": roles(visit),
            "demo": self._house.settings.demo_mode,
            "tour": place_from(visit.tour) if self._house.settings.demo_mode else None,
            "tour_steps": len(STEPS),
            "demo_people": self._house.demo_people() if self._house.settings.demo_mode else (),
            "navigation": navigation(visit),
            "places_by_section": by_section,
            "takes_files": self._house.files.store is not None,
            "file_megabytes": self._house.files.most_megabytes,
            "live": self._live_mark.make(visit.actor.id, visit.live, visit.made) if visit.live else "",
            **shown.values,
        }


def _packed(body: str, visit: Visit, shown: Show) -> Response:
    """What is secret in a page (the marks) is written anew each time, so its packed size tells nothing."""
    if not visit.packs or len(body) < PACKED_FROM:
        return Response(body, shown.status, shown.headers, content_type=HTML)
    headers = {**shown.headers, "Content-Encoding": "gzip"}
    return Response(gzip.compress(body.encode(), PACKING, mtime=0), shown.status, headers, content_type=HTML)


def _file(file: File) -> Response:
    headers = {"Content-Disposition": f'attachment; filename="{file.name}"'}
    return Response(file.body, headers=headers, content_type=file.media_type)


def roles(visit: Visit) -> str:
    return ", ".join(visit.words(ROLES.get(role, role)) for role in sorted(visit.actor.roles))


def _block(target: str | None) -> str | None:
    """`new-call` is filled by the block `new_call`."""
    return target.replace("-", "_") if target else None


def policy(nonce: str) -> str:
    """Scripts by nonce, and by those scripts what they import; nothing at all from elsewhere."""
    return (
        "default-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'; "
        f"script-src 'nonce-{nonce}'; style-src 'self'; img-src 'self'; connect-src 'self'"
    )
