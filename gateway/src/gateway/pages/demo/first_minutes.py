"""The first ten minutes, as a list that ticks itself."""

from __future__ import annotations

from gateway.demo.tour import Place, look, place_from
from gateway.pages import cookies
from gateway.pages.demo.steps import STEPS, states
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.get("/demo", PUBLIC, demo_only=True)
def first_minutes(visit: Visit) -> Outcome:
    """The steps, with what has happened since one began. Opening it begins."""
    place = place_from(visit.tour) or _begin(visit)
    done = _look(visit, place)
    if visit.target and visit.query.get("done") == str(sum(done)):
        return visit.show("demo/nothing_new.html", 204)
    return visit.show("demo/first_minutes.html", steps=list(zip(STEPS, done, strict=True)), now=_now(done))


@pages.get("/demo/step", PUBLIC, demo_only=True)
def step(visit: Visit) -> Outcome:
    """Where one is, for the bar above every page."""
    place = place_from(visit.tour)
    done = _look(visit, place) if place else []
    return visit.show("demo/step.html", now=_now(done), of=len(STEPS))


@pages.post("/demo", PUBLIC, demo_only=True)
def begin_anew(visit: Visit) -> Outcome:
    """Begin anew: what happened before does not count."""
    _begin(visit)
    return visit.go("/demo")


def opened(visit: Visit, path: str) -> None:
    """Remember that the figures were opened from the tour: that leaves no other trace."""
    place = place_from(visit.tour)
    if place and path == STEPS[-1].ways[0].to:
        _keep(visit, place.with_(looked=True))


def _begin(visit: Visit) -> Place:
    clock = visit.house.demo_clock
    place = Place(clock.now(), int(clock.offset_seconds()))
    _keep(visit, place)
    return place


def _keep(visit: Visit, place: Place) -> None:
    """In the browser, and for the bar above this page."""
    visit.tour = place.kept()
    visit.cookies.append(cookies.keep_tour(visit.tour))


def _look(visit: Visit, place: Place) -> list[bool]:
    house = visit.house
    seen = look(house.transport, visit.correlation_id, place, house.demo_clock.offset_seconds())
    done = states(seen)
    if _now(done) != place.now:
        _keep(visit, place.with_(now=_now(done)))
    return done


def _now(done: list[bool]) -> int:
    """The first step that is not done; behind the last when all are."""
    return done.index(False) if False in done else len(done)
