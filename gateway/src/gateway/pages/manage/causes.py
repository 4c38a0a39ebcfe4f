"""The causes that a correction may have, in the order in which the desk chooses from them."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from servicekit.errors import ServiceError

from gateway.api.schemas.corrections import KeptCauses
from gateway.clients import Json
from gateway.pages import errors, forms
from gateway.pages.labels import _
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/corrections/causes"
ROOM = 3  # empty lines for new ones; saved, there are as many again
NO_KEY = re.compile(r"[^a-z0-9]+")


@pages.get(PATH, "corrections.causes")
def causes(visit: Visit) -> Outcome:
    """Those in use, with room for new ones."""
    return _show(visit)


@pages.post(PATH, "corrections.causes")
def save(visit: Visit) -> Outcome:
    """Keep the list. What is left out stays known for what it was given to."""
    lines = _lines(visit)
    kept = [line for line in lines if (line["nl"] or line["en"]) and not line["gone"]]
    items = [{"key": line["key"], "name": {"nl": line["nl"], "en": line["en"]}} for line in kept]
    try:
        body = forms.load(KeptCauses(), {"items": items})
        visit.services.intake.save_correction_causes(body["items"])
    except ServiceError as error:
        problem = {"text": errors.explain(visit, error), "fields": errors.field_errors(visit, error)}
        return _show(visit, errors.status_of(visit, error), problem, lines)
    return visit.go(PATH, _("Saved. The desk chooses from these from now on."))


def _lines(visit: Visit) -> list[Json]:
    """What was typed, in the order that its numbers give. A new cause gets its key from its English name."""
    form = visit.form
    typed = [
        {
            "key": form.text(f"{number}.key") or _key(form.text(f"{number}.en") or form.text(f"{number}.nl")),
            "nl": form.text(f"{number}.nl"),
            "en": form.text(f"{number}.en"),
            "place": form.text(f"{number}.place"),
            "gone": form.text(f"{number}.gone") is not None,
        }
        for number in range(1, int(form.get("count", "0")) + 1)
    ]
    return sorted(typed, key=lambda line: int(line["place"]) if str(line["place"]).isdigit() else len(typed))


def _key(name: str | None) -> str:
    plain = unicodedata.normalize("NFKD", name or "").encode("ascii", "ignore").decode().lower()
    return NO_KEY.sub("-", plain).strip("-")[:50]


def _show(
    visit: Visit, status: int = 200, problem: Json | None = None, lines: list[Json] | None = None
) -> Outcome:
    if lines is None:
        known = visit.services.intake.list_correction_causes()["items"]
        lines = [{"key": each["key"], **each["name"], "gone": False} for each in known if each["active"]]
        empty: Json = {"key": "", "nl": "", "en": "", "gone": False}
        lines += [empty] * ROOM
    shown: dict[str, Any] = {"lines": lines, "problem": problem}
    return visit.show("manage/causes.html", status, **shown)
