"""From what an author filled in to the content of a draft. Nothing here refuses anything: a draft may be
unfinished, and the catalogue says what it lacks.

Fields are named by where they belong in the content (`questions.2.label.nl`), as the catalogue names what is
wrong.
"""

from __future__ import annotations

import re
import unicodedata
from copy import deepcopy
from typing import Any

from gateway.clients import Json
from gateway.pages.forms import Form

Content = dict[str, Any]
LANGUAGES = ("nl", "en")
# A key that nobody has thought of yet: it becomes one made of the words when there are some.
NEW_KEY = re.compile(r"new-\d+")
EXAMPLES = ("yes", "no")
ROLE = "role:"  # of a choice among providers and roles


def about(content: Content, form: Form) -> Content:
    """Everything but the questions and the process."""
    changed = deepcopy(content)
    for name in ("name", "category", "description"):
        changed[name] = _text(form, name)
    if changed["description"] == content["name"]:
        changed["description"] = {}  # nobody wrote it: the catalogue fills it from the name
    for name in ("kind", "priority", "owner", "package"):
        changed[name] = form.text(name)
    changed["slug"] = form.text("slug") or content["slug"] or slug_of(changed["name"])
    changed["lead_time"] = _term(form, "lead_time")
    changed["price"] = _price(form)
    changed["check_required"] = "check_required" in form
    changed["confidential"] = "confidential" in form
    changed["examples"] = {name: _said(form, f"examples.{name}") for name in EXAMPLES}
    changed["audience"] = {
        "departments": form.many("audience.departments"),
        "customers": form.many("audience.customers"),
        "locations": form.many("audience.locations"),
    }
    changed["ordering"] = _ordering(form)
    return changed


def question(content: Content, number: int, form: Form) -> Content:
    changed = deepcopy(content)
    here, asked = f"questions.{number}", changed["questions"][number]
    asked["label"] = _text(form, f"{here}.label")
    asked["type"] = form.text(f"{here}.type") or "text"
    asked["required"] = f"{here}.required" in form
    asked["choices"] = _choices(form, f"{here}.choices") if asked["type"] == "choice" else []
    asked["asked_if"] = _condition(form.many(f"{here}.asked_if"))
    _name(changed["questions"], asked, asked["label"])
    return changed


def step(content: Content, number: int, form: Form) -> Content:
    changed = deepcopy(content)
    here, steps = f"process.steps.{number}", changed["process"]["steps"]
    done = steps[number]
    done["title"] = _text(form, f"{here}.title")
    who = form.text(f"{here}.provider") or ""
    role = who.removeprefix(ROLE) if who.startswith(ROLE) else None
    done["provider"], done["role"] = ("", role) if role else (who, None)
    by = form.text(f"{here}.check.by")
    done["check"] = {"by": by, "holds": f"{here}.check.holds" in form} if by else None
    done["depends_on"] = [key for key in form.many(f"{here}.depends_on") if key != done["key"]]
    done["lead_time"] = _term(form, f"{here}.lead_time")
    instructions = _text(form, f"{here}.instructions")
    done["instructions"] = instructions if any(instructions.values()) else None
    done["checklist"] = _points(form, f"{here}.checklist")
    cost = form.text(f"{here}.cost_cents")
    # What is no amount is refused by the catalogue, at the field.
    done["cost_cents"] = None if cost is None else -1 if (cents := _cents(cost)) is None else cents
    _name(steps, done, done["title"])
    return changed


def added(content: Content, what: str) -> Content:
    """With one more question or step at the end."""
    changed = deepcopy(content)
    items = items_of(changed, what)
    taken = {item["key"] for item in items}
    key = next(f"new-{n}" for n in range(1, 1000) if f"new-{n}" not in taken)
    new = {"key": key, "label": {}} if what == "questions" else {"key": key, "title": {}, "provider": ""}
    items.append(new)
    return changed


def moved(content: Content, what: str, number: int, by: int) -> Content:
    """One place up (-1) or down (1); at the end it stays where it is."""
    changed = deepcopy(content)
    items = items_of(changed, what)
    to = number + by
    if 0 <= to < len(items):
        items[number], items[to] = items[to], items[number]
    return changed


def removed(content: Content, what: str, number: int) -> Content:
    """Together with what others said of it: a step that is gone is not waited for."""
    changed = deepcopy(content)
    items = items_of(changed, what)
    key = items.pop(number)["key"]
    for item in items:
        if what == "steps":
            item["depends_on"] = [other for other in item.get("depends_on") or [] if other != key]
        elif (item.get("asked_if") or {}).get("question") == key:
            item["asked_if"] = None
    return changed


def items_of(content: Content, what: str) -> list[Json]:
    if what == "questions":
        found: list[Json] = content.setdefault("questions", [])
    else:
        found = content.setdefault("process", {}).setdefault("steps", [])
    return found


def slug_of(text: dict[str, str], most: int = 80) -> str:
    """`Lamp kapot of knippert` -> `lamp-kapot-of-knippert`."""
    words = unicodedata.normalize("NFKD", text.get("nl") or text.get("en") or "")
    plain = re.sub(r"[^a-z0-9]+", "-", words.encode("ascii", "ignore").decode().lower())
    return plain.strip("-")[:most].strip("-")


def _name(items: list[Json], item: Json, text: dict[str, str]) -> None:
    """Gives an item that has none yet a key made of its words; what refers to it follows."""
    if not NEW_KEY.fullmatch(item["key"]):
        return
    words = slug_of({"en": text.get("en", ""), "nl": text.get("en") or text.get("nl", "")}, 30).lstrip(
        "-0123456789"
    )
    if not words:
        return
    taken = {other["key"] for other in items if other is not item}
    new = next(key for key in (words, *(f"{words}-{n}" for n in range(2, 1000))) if key not in taken)
    for other in items:
        if (condition := other.get("asked_if")) and condition["question"] == item["key"]:
            condition["question"] = new
        if needed := other.get("depends_on"):
            other["depends_on"] = [new if key == item["key"] else key for key in needed]
    item["key"] = new


def _text(form: Form, name: str) -> dict[str, str]:
    return {language: form.text(f"{name}.{language}") or "" for language in LANGUAGES}


def _term(form: Form, name: str) -> Json | None:
    amount = form.text(f"{name}.amount")
    if not amount:
        return None
    return {"amount": _whole(amount), "unit": form.text(f"{name}.unit") or "working_days"}


def _whole(text: str) -> int:
    """0 for what is no number: the catalogue then says at the field what to write."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


def _price(form: Form) -> Json:
    kind = form.text("price.kind") or "none"
    with_amount = kind in ("fixed", "tariff")
    return {
        "kind": kind,
        "amount_cents": _cents(form.text("price.amount_cents")) if with_amount else None,
        "per": form.text("price.per") if kind == "tariff" else None,
    }


def _cents(text: str | None) -> int | None:
    """`95,50` is 9550. None for what is no amount."""
    found = re.fullmatch(r"(\d{1,7})(?:[.,](\d{1,2}))?", (text or "").replace("€", "").strip())
    return int(found[1]) * 100 + int((found[2] or "0").ljust(2, "0")) if found else None


def _ordering(form: Form) -> Json | None:
    """Order rules; a part in which nothing is filled in is no rule."""
    amount, percent = (form.text(f"ordering.{name}") for name in
                       ("capacity.amount", "free_cancellation.charge_percent"))  # fmt: skip
    per, free = form.text("ordering.capacity.per") or "day", _before(form, "free_cancellation.before")
    charged = 100 if percent is None else _number(percent)
    found: Json = {
        "cutoff": _before(form, "cutoff"),
        "capacity": {"amount": _number(amount), "per": per} if amount else None,
        "free_cancellation": {"before": free, "charge_percent": charged} if free else None,
    }
    return found if any(found.values()) else None


def _before(form: Form, name: str) -> Json | None:
    days, at, minutes = (form.text(f"ordering.{name}.{each}") for each in
                         ("working_days", "at", "working_minutes"))  # fmt: skip
    if not (days or at or minutes):
        return None
    return {"working_days": _number(days), "at": at, "working_minutes": _number(minutes)}


def _number(text: str | None) -> int | None:
    """-1 for what is no number: the catalogue then says at the field what to write."""
    if text is None:
        return None
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else -1


def _said(form: Form, name: str) -> list[dict[str, str]]:
    """Rows of a sentence in both languages; empty rows are no sentences."""
    rows = zip(form.many(f"{name}.nl"), form.many(f"{name}.en"), strict=False)
    return [{"nl": nl.strip(), "en": en.strip()} for nl, en in rows if nl.strip() or en.strip()]


def _points(form: Form, name: str) -> list[Json]:
    """As `_said`; those that are ticked may stay open."""
    rows = zip(form.many(f"{name}.nl"), form.many(f"{name}.en"), strict=False)
    optional = form.many(f"{name}.optional")
    return [
        {"nl": nl.strip(), "en": en.strip(), **({"optional": True} if str(index) in optional else {})}
        for index, (nl, en) in enumerate(rows)
        if nl.strip() or en.strip()
    ]


def _choices(form: Form, name: str) -> list[Json]:
    """Each keeps the value it had; a new one gets a value made of its words."""
    rows = zip(form.many(f"{name}.value"), form.many(f"{name}.nl"), form.many(f"{name}.en"), strict=False)
    found: list[Json] = []
    for value, nl, en in rows:
        label = {"nl": nl.strip(), "en": en.strip()}
        if any(label.values()):
            made = slug_of({"nl": label["en"] or label["nl"]}, 40)
            found.append({"value": value or made, "label": label})
    return found


def _condition(chosen: list[str]) -> Json | None:
    """Boxes of `question=answer`. They are of one question: of those of another nothing is kept."""
    pairs = [box.partition("=")[::2] for box in chosen if "=" in box]
    if not pairs:
        return None
    question = pairs[0][0]
    return {"question": question, "answers": [answer for key, answer in pairs if key == question]}
