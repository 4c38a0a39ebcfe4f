"""Removing files that nobody refers to: brought for something that was never sent, or of somebody who was
erased.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from itertools import islice

from servicekit.receipts import GOOD_FOR_HOURS, HOUR_SECONDS

from gateway.files.store import Store

# Past this no receipt is good any more, so whoever has not referred to a file by now never will.
SECONDS = 2 * GOOD_FOR_HOURS * HOUR_SECONDS
AT_ONCE = 500

# Of these digests, those that something refers to. Whatever it raises ends the sweep: when in doubt, keep.
Known = Callable[[list[str]], Collection[str]]


def sweep(store: Store, known: Known) -> int:
    """How many were removed."""
    removed = 0
    store.clear(SECONDS)
    old = store.older_than(SECONDS)
    while some := list(islice(old, AT_ONCE)):
        used = set(known(some))
        removed += sum(store.drop(digest, SECONDS) for digest in some if digest not in used)
    return removed
