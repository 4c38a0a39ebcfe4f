"""What is said of money: the package of a product."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.pages.labels import _
from gateway.pages.words import Words

PACKAGES: Mapping[str, str] = {
    "basic": _("Basic: in the agreement, not charged"),
    "plus": _("Plus: charged to the cost centre"),
    "bespoke": _("Bespoke: on quote"),
}


def package(words: Words, name: str | None) -> str:
    return words(PACKAGES[name]) if name and name in PACKAGES else name or "–"
