"""The counter on one page: what is overdue, what waits, who is in the building, what is out. One field finds
a thing by the number on its tag (also when a scanner types it), and everything else by words.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from servicekit.concurrency import gather
from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas import counter as shapes
from gateway.clients import Json
from gateway.live import topics
from gateway.pages import counter_words as words
from gateway.pages import errors, forms
from gateway.pages.counter_forms import host, people_for, problem_of, whom
from gateway.pages.labels import _
from gateway.pages.order_forms import moment_from
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/desk/counter"
KEEP = "ledger.keep"
FEW, PAGE = 12, 50
SAID = {
    "parcel": _("The parcel is in the ledger; whoever it is for is told."),
    "found": _("It is in the ledger, and kept for its owner."),
    "visitor": _("The visitor is in the ledger."),
}


@pages.get(PATH, KEEP)
def counter(visit: Visit) -> Outcome:
    """What is going on at the counter, or one list of it, or what fits the words."""
    asked, which = visit.query.text("q"), visit.query.text("which")
    if asked:
        return _found(visit, asked[:200])
    visit.follow(topics.COUNTER)
    intake = visit.services.intake
    if which and which in words.MORE_LISTS:
        page = intake.list_counter_entries(which=which, cursor=visit.query.text("cursor"), limit=PAGE)
        return _show(visit, [(which, page)], which=which)
    lists: list[Callable[[], Json]] = [
        lambda each=each: intake.list_counter_entries(which=each, limit=FEW)  # type: ignore[misc]
        for each in words.LISTS
    ]
    counts, *found = gather([intake.get_counter, *lists])
    return _show(visit, list(zip(words.LISTS, found, strict=True)), counts=counts["counts"])


def _found(visit: Visit, asked: str) -> Outcome:
    """A number goes to its thing at once: that is what a scanner types."""
    try:
        item = visit.services.intake.find_counter_item(asked)
        return visit.go(f"{PATH}/items/{item['item_id']}")
    except NotFound:
        pass
    cursor = visit.query.text("cursor")
    page = visit.services.intake.list_counter_entries(q=asked, cursor=cursor, limit=PAGE)
    things = [] if cursor else visit.services.intake.list_counter_items(q=asked, limit=FEW)["items"]
    return _show(visit, [("found", page)], asked=asked, things=things)


def _show(visit: Visit, lists: list[tuple[str, Json]], **more: Any) -> Outcome:
    given = {"asked": None, "which": None, "counts": None, "things": [], **more}
    return visit.show("desk/counter.html", lists=lists, words=words, **given)


@pages.get(f"{PATH}/people", KEEP)
def people(visit: Visit) -> Outcome:
    """Who fits what is typed, as a part of a form."""
    action = (visit.query.text("at") or "").removesuffix("-")
    at = f"{action}-" if action in words.PRESSED else ""  # which form of the page asks
    found = people_for(visit, visit.query.text("who"))
    return visit.show("parts/counter_people.html", people=found, chosen="", at=at)


# --- taking in ---------------------------------------------------------------------------------------------


@pages.get(f"{PATH}/new/<kind>", KEEP)
def new(visit: Visit, kind: str) -> Outcome:
    """An empty form: for a parcel, something that was found, a visitor."""
    return _form(visit, _known(kind))


@pages.post(f"{PATH}/new/<kind>", KEEP)
def enter(visit: Visit, kind: str) -> Outcome:
    """Take in a parcel or what was found; sign a visitor in, or announce one."""
    enter_it = ENTERS[_known(kind)]
    try:
        entry = enter_it(visit)
    except ServiceError as error:
        return _form(visit, kind, errors.status_of(visit, error), problem_of(visit, error))
    again = visit.form.get("again") == "yes"
    return visit.go(f"{PATH}/new/{kind}" if again else f"{PATH}/entries/{entry['entry_id']}", SAID[kind])


def _parcel(visit: Visit) -> Json:
    given = {"what": visit.form.text("what"), "place": visit.form.text("place")}
    said = {**given, "remark": visit.form.text("remark"), **_without_company(whom(visit))}
    return visit.services.intake.receive_parcel(**forms.load(shapes.Parcel(), said))


def _property(visit: Visit) -> Json:
    said = {name: visit.form.text(name) for name in ("what", "place", "remark")}
    return visit.services.intake.keep_found(**forms.load(shapes.Found(), said))


def _visitor(visit: Visit) -> Json:
    names = ("name", "company", "what", "plate", "remark")
    said: Json = {name: visit.form.text(name) for name in names}
    at = visit.form.text("expected_at")
    expected = moment_from("expected_at", at, visit.moments.zone) if at else None
    given = forms.load(shapes.NewVisitor(), {**said, "host_id": host(visit), "expected_at": expected})
    intake = visit.services.intake
    return intake.announce_visitor(**given) if expected else intake.welcome_visitor(**given)


ENTERS: dict[str, Callable[[Visit], Json]] = {"parcel": _parcel, "found": _property, "visitor": _visitor}


def _known(kind: str) -> str:
    if kind not in ENTERS:
        raise NotFound("no_such_kind", "Nothing of this kind comes to the counter.")
    return kind


def _without_company(given: Json) -> Json:
    return {name: value for name, value in given.items() if name != "company"}


def _form(visit: Visit, kind: str, status: int = 200, problem: Json | None = None) -> Outcome:
    kept = visit.form.said()
    return visit.show(
        "desk/counter_new.html",
        status,
        kind=kind,
        kept=kept,
        people=people_for(visit, kept.get("who")),
        problem=problem,
        words=words,
    )
