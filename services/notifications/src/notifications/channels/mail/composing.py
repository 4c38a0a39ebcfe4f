"""Templates: one file per template and language; its first line is the subject."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_currency
from jinja2 import Environment, PackageLoader, StrictUndefined

from notifications.domain.messages import Template, one_line

_PATTERNS = {"nl": "EEEE d MMMM 'om' HH:mm", "en": "EEEE d MMMM 'at' HH:mm"}
SUBJECT = "Subject: "
MAX_SUBJECT = 150


@lru_cache
def _environment(language: str, zone: str) -> Environment:
    """Plain text, so nothing is escaped; a value that a template asks for and nobody gave is a fault."""
    environment = Environment(
        loader=PackageLoader("notifications", f"templates/{language}"),
        undefined=StrictUndefined,
        autoescape=False,
        keep_trailing_newline=True,
    )
    environment.filters["euros"] = lambda cents: euros(cents, language)
    environment.filters["day"] = lambda day: format_date(day, "EEEE d MMMM", locale=language)
    environment.filters["moment"] = lambda at: moment(at, language, zone)
    return environment


def moment(at: datetime, language: str, zone: str) -> str:
    """A time as a person reads it, in the organisation's zone."""
    return format_datetime(at.astimezone(ZoneInfo(zone)), _PATTERNS[language], locale=language)


def euros(cents: int, language: str) -> str:
    return format_currency(Decimal(cents) / 100, "EUR", locale=language).replace("\xa0", " ")


def compose(template: Template, language: str, zone: str, values: dict[str, Any]) -> tuple[str, str]:
    """(subject, body). The subject is one line, whatever the values hold."""
    text = _environment(language, zone).get_template(f"{template}.txt").render(values)
    head, _, body = text.partition("\n\n")
    subject = one_line(head.removeprefix(SUBJECT))
    return subject[:MAX_SUBJECT], body
