"""A record of a product, as `catalog.import_products` takes it: one step, for one provider."""

from __future__ import annotations

import re
import unicodedata
from typing import Any

from gateway.imports.values import NotReadable

KINDS_WITH_WORK = frozenset({"order", "fault"})


def record(line: int, values: dict[str, Any]) -> dict[str, Any]:
    """Raises NotReadable for what can't or should not become a product."""
    if not values["active"]:
        raise NotReadable("it is not active in the file, so it was left out")
    name = _text(values, "name")
    if not name:
        raise NotReadable("it has no name")
    return {
        "line": line,
        "slug": values["slug"] or _slug(next(iter(name.values()))),
        "name": name,
        "category": _text(values, "category") or {"nl": "Overig", "en": "Other"},
        "description": _text(values, "description") or None,
        "kind": values["kind"],
        "priority": values["priority"],
        "lead_time": _lead_time(values),
        "price": {
            "kind": values["price.kind"],
            "amount_cents": values["price.amount_cents"],
            "per": values["price.per"],
        },
        "package": values["package"],
        "check_required": values["check_required"],
        "questions": [],
        "process": {"steps": _steps(values, name)},
    }


def _text(values: dict[str, Any], field: str) -> dict[str, str]:
    texts = {language: values[f"{field}.{language}"] for language in ("nl", "en")}
    return {language: text for language, text in texts.items() if text}


def _lead_time(values: dict[str, Any]) -> dict[str, Any] | None:
    """None without a number of days or minutes: nothing is promised then."""
    amount = values["lead_time.amount"]
    return None if amount is None else {"amount": amount, "unit": values["lead_time.unit"]}


def _steps(values: dict[str, Any], name: dict[str, str]) -> list[dict[str, Any]]:
    if values["kind"] not in KINDS_WITH_WORK:
        return []
    return [{"key": "work", "title": name, "provider": values["provider"]}]


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:80].rstrip("-")
