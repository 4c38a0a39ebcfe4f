"""A notebook for everything that is wrong, so that an author hears all of it at once."""

from __future__ import annotations

import re
from collections.abc import Iterable

from catalog.domain.errors import ContentRefused

KEY = re.compile(r"[a-z][a-z0-9_-]{0,39}")
SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
SLUG_LENGTH = 80


class Problems:
    def __init__(self) -> None:
        self.by_field: dict[str, list[str]] = {}

    def add(self, field: str, message: str) -> None:
        self.by_field.setdefault(field, []).append(message)

    def unless(self, fine: object, field: str, message: str) -> None:
        if not fine:
            self.add(field, message)

    def raise_if_any(self, what: str) -> None:
        if self.by_field:
            raise ContentRefused(what, self.by_field)

    def check_slug(self, field: str, slug: str) -> None:
        fine = len(slug) <= SLUG_LENGTH and SLUG.fullmatch(slug)
        self.unless(
            fine, field, "Use small letters and digits with single hyphens, such as 'desk-lamp'; 80 at most."
        )

    def check_keys(self, path: str, keys: Iterable[str], what: str) -> None:
        """Each key well-formed, and used once."""
        seen: set[str] = set()
        for index, key in enumerate(keys):
            field = f"{path}.{index}.key"
            self.unless(
                KEY.fullmatch(key),
                field,
                "Start with a small letter; then small letters, digits, '-' or '_'; 40 at most.",
            )
            self.unless(key not in seen, field, f"Another {what} has the key '{key}'. Give each its own.")
            seen.add(key)


def one_of(allowed: Iterable[str]) -> str:
    return "Use one of: " + ", ".join(allowed) + "."
