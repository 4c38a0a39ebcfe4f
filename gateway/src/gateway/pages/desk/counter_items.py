"""Keys, badges and what is lent: the register, and handing one out."""

from __future__ import annotations

from markupsafe import Markup
from servicekit.concurrency import gather
from servicekit.errors import NotFound, ServiceError

from gateway import stickers
from gateway.api.schemas import counter as shapes
from gateway.clients import Json
from gateway.live import topics
from gateway.pages import counter_words as words
from gateway.pages import errors, forms
from gateway.pages.counter_forms import people_for, problem_of, signed, whom
from gateway.pages.desk.counter import KEEP, PATH
from gateway.pages.labels import _
from gateway.pages.outcome import File, Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

ALL = f"{PATH}/items"
ONE = f"{ALL}/<uuid:item_id>"
PAGE, HISTORY = 50, 20


@pages.get(ALL, KEEP)
def items(visit: Visit) -> Outcome:
    """All of them by number, and where each is."""
    return _list(visit)


@pages.post(ALL, KEEP)
def add(visit: Visit) -> Outcome:
    """Add one."""
    try:
        said = {name: visit.form.text(name) for name in ("kind", "number", "name", "place")}
        made = visit.services.intake.add_counter_item(**forms.load(shapes.NewItem(), said))
    except ServiceError as error:
        return _list(visit, errors.status_of(visit, error), problem_of(visit, error))
    return visit.go(f"{ALL}/{made['item_id']}", _("Added. It can be handed out."))


@pages.get(ONE, KEEP)
def item(visit: Visit, item_id: str) -> Outcome:
    """One of them: who has it, or hand it out; and who had it before."""
    return _show(visit, item_id)


@pages.get(f"{ONE}/qr/<kind>", KEEP)
def qr(visit: Visit, item_id: str, kind: str) -> Outcome:
    """The code for its tag, to keep: for a label printer, say."""
    public_url = visit.house.settings.public_url
    if kind not in stickers.FORMATS or not public_url:
        raise NotFound("no_such_file", "There is no such file.")
    number = visit.services.intake.get_counter_item(item_id)["number"]
    body = stickers.picture(stickers.address(public_url, number), kind)
    return File(body, stickers.FORMATS[kind], f"{number}.{kind}")


@pages.post(f"{ONE}/hand-out", KEEP, takes_files=True)
def hand_out(visit: Visit, item_id: str) -> Outcome:
    """Hand it out. Somebody who was quicker is told of."""

    def act() -> Json:
        said = {"due_on": visit.form.text("due_on"), "remark": visit.form.text("remark")}
        given = forms.load(shapes.HandOut(), {**said, **whom(visit), **signed(visit)})
        return visit.services.intake.hand_out_item(item_id, visit.version, **given)

    try:
        made = act()
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"form": "hand_out", **problem_of(visit, error)}
        return _show(visit, item_id, errors.status_of(visit, error), problem)
    return visit.go(f"{PATH}/entries/{made['entry_id']}", _("Handed out."))


@pages.post(ONE, KEEP)
def change(visit: Visit, item_id: str) -> Outcome:
    """Say anew what it is and where it hangs, or withdraw it."""
    try:
        said = {
            "name": visit.form.text("name"),
            "place": visit.form.text("place"),
            "withdrawn": visit.form.get("withdrawn") == "yes",
        }
        given = forms.load(shapes.ChangedItem(), said)
        visit.services.intake.change_counter_item(item_id, visit.version, **given)
    except NotFound:
        raise
    except ServiceError as error:
        problem = {"form": "change", **problem_of(visit, error)}
        return _show(visit, item_id, errors.status_of(visit, error), problem)
    return visit.go(f"{ALL}/{item_id}", _("Kept."))


def _list(visit: Visit, status: int = 200, problem: Json | None = None) -> Outcome:
    asked = {name: visit.query.text(name) for name in ("q", "kind", "cursor")}
    page = visit.services.intake.list_counter_items(**forms.load(shapes.ItemFilter(), asked), limit=PAGE)
    return visit.show(
        "desk/counter_items.html",
        status,
        page=page,
        asked=asked,
        kept=visit.form.said(),
        problem=problem,
        words=words,
    )


def _show(visit: Visit, item_id: str, status: int = 200, problem: Json | None = None) -> Outcome:
    intake = visit.services.intake
    found, before = gather(
        [
            lambda: intake.get_counter_item(item_id),
            lambda: intake.list_counter_entries(
                item_id=item_id, cursor=visit.query.text("cursor"), limit=HISTORY
            ),
        ]
    )
    visit.follow(topics.COUNTER)
    kept = visit.form.said() if problem else {}
    return visit.show(
        "desk/counter_item.html",
        status,
        item=found,
        drawn=_drawn(visit, found["number"]),
        before=before,
        kept=kept,
        people=people_for(visit, kept.get("who")),
        problem=problem,
        words=words,
    )


def _drawn(visit: Visit, number: str) -> Markup | None:
    """None when nobody said where people reach the site."""
    public_url = visit.house.settings.public_url
    return Markup(stickers.inline(stickers.address(public_url, number))) if public_url else None
