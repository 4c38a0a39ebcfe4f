"""All that pages need, put together once: their addresses for the application, and how refusals look."""

from __future__ import annotations

from collections.abc import Iterator

from servicekit.errors import ServiceError
from werkzeug.wrappers import Response

from gateway.house import House
from gateway.http.application import Exchange, Route
from gateway.live.stream import LiveEndpoint
from gateway.pages import errors
from gateway.pages.endpoint import PageEndpoint, open_visit
from gateway.pages.frame import Frame
from gateway.pages.live_mark import LiveMark
from gateway.pages.looks import Looks
from gateway.pages.site_map import all_pages

# Here answers are for programs.
PROGRAMS = ("/v1/", "/static/", "/live", "/readyz", "/livez", "/metrics")


class Pages:
    def __init__(self, house: House) -> None:
        settings = house.settings
        looks = Looks(settings.house_name, settings.house_colour, settings.house_logo)
        self._house = house
        self._mark = LiveMark(settings.actor_secret)
        self.frame = Frame(house, looks, self._mark)

    def routes(self) -> Iterator[Route]:
        for page in all_pages():
            if self._house.settings.demo_mode or not page.demo_only:
                yield Route(page.method, page.path, PageEndpoint(page, self._house, self.frame))
        yield Route("GET", "/static/<version>/<name>", self.frame.statics.answer)
        yield Route("GET", "/live", LiveEndpoint(self._house, self._house.live, self._mark))

    def refuse(self, error: ServiceError, exchange: Exchange) -> Response | None:
        """A page for what no page function saw: an address that does not exist, a house that is full. None
        where programs ask.
        """
        if exchange.environ.get("PATH_INFO", "/").startswith(PROGRAMS) or not _is_browser(exchange):
            return None
        # Looking up the session may be what failed.
        visit = open_visit(exchange, self._house, unknown=True)
        return self.frame.answer(visit, errors.page(visit, error))


def _is_browser(exchange: Exchange) -> bool:
    return "text/html" in exchange.environ.get("HTTP_ACCEPT", "")
