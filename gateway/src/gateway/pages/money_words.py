"""What is said of money: the package of a product, and work above its limit."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.pages.labels import _
from gateway.pages.words import Words

PACKAGES: Mapping[str, str] = {
    "basic": _("Basic: in the agreement, not charged"),
    "plus": _("Plus: charged to the cost centre"),
    "bespoke": _("Bespoke: on quote"),
}

# What is charged to a cost centre.
CHARGED: Mapping[str, str] = {
    "price": _("Price of the product"),
    "work": _("What the work cost"),
    "quote": _("The quote that was approved"),
    "extra_work": _("Extra work"),
    "late_cancellation": _("Cancelled too late"),
}

# What an order waits for that was interrupted by its question for more; nobody chooses these by hand.
EXTRA_PAUSES: Mapping[str, str] = {
    "extra_work": _("A decision about extra work"),
    "extra_work_granted": _("Going on: the extra work is agreed"),
    "extra_work_refused": _("Going on within the limit: no extra work"),
}
EXTRA: Mapping[str, str] = {
    "asked": _("Extra work is asked"),
    "granted": _("The extra work is agreed"),
    "refused": _("The extra work is not agreed"),
    "withdrawn": _("The extra work is not asked any more"),
}


def package(words: Words, name: str | None) -> str:
    return words(PACKAGES[name]) if name and name in PACKAGES else name or "–"
