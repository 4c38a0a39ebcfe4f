"""The catalogue as a file: saved, and brought in after it was looked at."""

from __future__ import annotations

from typing import Any

from servicekit.errors import NotFound, ServiceError

from gateway.api.schemas.catalogue_files import AsWhat, CarryOut
from gateway.catalogue_files import FORMATS, taking
from gateway.clients import Json
from gateway.pages import errors, forms, labels
from gateway.pages.labels import _
from gateway.pages.manage.products.differences import FIELDS
from gateway.pages.manage.products.problem_words import all_in_words, in_words
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/products/files"
ONE = f"{PATH}/<uuid:file_id>"
CHANGES = {
    "new": labels.Label(_("New"), "plus", "good"),
    "changed": labels.Label(_("Changed"), "note", "info"),
    "withdrawn": labels.Label(_("Withdrawn"), "cross", "warn"),
    "same": labels.Label(_("The same"), "equals", "neutral"),
    "wrong": labels.Label(_("Not right"), "alert", "bad"),
    "left_out": labels.Label(_("Left out"), "minus", "neutral"),
}
NAMES = {"json": _("JSON, the whole truth"), "xlsx": _("Workbook (XLSX)"), "csv": _("Tables (CSV)")}
WAYS = (("published", _("Published at once")), ("drafts", _("As drafts")))


@pages.get(PATH, "catalog.drafts")
def catalogue_files(visit: Visit) -> Outcome:
    """Saving the catalogue, and uploading one."""
    return _start(visit)


@pages.get(f"{PATH}/export", "catalog.drafts")
def export(visit: Visit) -> Outcome:
    """A file to be saved."""
    wanted = visit.query.text("format") or ""
    if wanted not in FORMATS:
        raise NotFound("no_such_format", "There is no such format.")
    return taking.export(visit.services.catalog, wanted, visit.moments.today.isoformat())


@pages.post(PATH, "catalog.publish", takes_files=True)
def upload(visit: Visit) -> Outcome:
    """Look at it first."""
    try:
        file = taking.take(visit.form.files, visit.services.catalog)
    except ServiceError as error:
        return _start(visit, errors.status_of(visit, error), errors.explain(visit, error))
    return visit.go(f"{PATH}/{file['file_id']}", _("Nothing has changed yet. See what would."))


@pages.get(ONE, "catalog.publish")
def look(visit: Visit, file_id: str) -> Outcome:
    """What it would change, or what it did."""
    asked = forms.load(AsWhat(), {"way": visit.query.text("way")})
    return _show(visit, visit.services.catalog.get_file(file_id, asked.get("way") or "published"))


@pages.post(f"{ONE}/carry-out", "catalog.publish")
def carry_out(visit: Visit, file_id: str) -> Outcome:
    """Do it, when it would still do what was looked at."""
    way = visit.form.text("way") or "published"
    try:
        given = {"way": way, "looked_at": visit.form.text("looked_at")}
        visit.services.catalog.carry_out_file(file_id, **forms.load(CarryOut(), given))
    except NotFound:
        raise
    except ServiceError as error:
        file = visit.services.catalog.get_file(file_id, way)
        return _show(visit, file, errors.status_of(visit, error), errors.explain(visit, error))
    return visit.go(f"{PATH}/{file_id}", _("Brought in."))


def _start(visit: Visit, status: int = 200, problem: str = "") -> Outcome:
    return visit.show(
        "manage/products/files.html",
        status,
        problem=problem,
        formats=NAMES,
        most=taking.MOST_MEGABYTES,
        may=visit.can("catalog.publish"),
    )


def _show(visit: Visit, file: Json, status: int = 200, problem: str = "") -> Outcome:
    told = [line for line in file["lines"] if line["change"] != "same"]
    lines = [{**line, "label": CHANGES[line["change"]], "told": _told(visit, line)} for line in told]
    order = ("wrong", "new", "changed", "withdrawn", "left_out")
    return visit.show(
        "manage/products/file.html",
        status,
        file=file,
        problems=[{**each, "text": in_words(visit.words, each["text"])} for each in file["problems"]],
        lines=sorted(lines, key=lambda line: order.index(line["change"])),
        to_do=any(file["counts"][change] for change in ("new", "changed", "withdrawn")),
        ways=WAYS,
        CHANGES=CHANGES,
        problem=problem,
    )


def _told(visit: Visit, line: Json) -> list[tuple[str, str]]:
    """What there is to say of it: (of what, what)."""
    if line["problems"]:
        return list(all_in_words(visit.words, line["problems"]).items())
    return [
        (
            _field(visit, each["field"]),
            f"{_short(each['before'])} \N{RIGHTWARDS ARROW} {_short(each['after'])}",
        )
        for each in line["differences"]
    ]


def _field(visit: Visit, path: str) -> str:
    head = path.removeprefix("process.").partition(".")[0]
    return (
        f"{visit.words(FIELDS[head])} ({path})"
        if head in FIELDS and "." in path
        else (visit.words(FIELDS[path]) if path in FIELDS else path)
    )


def _short(value: Any) -> str:
    text = "–" if value in (None, "", []) else value if isinstance(value, str) else str(value)
    return text if len(text) <= 80 else f"{text[:79]}…"
