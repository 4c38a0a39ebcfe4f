"""Language, colours, spacing and keys, as this visitor likes them."""

from __future__ import annotations

from gateway.pages import cookies
from gateway.pages.access.signing_in import safe_path
from gateway.pages.cookies import CHOICES
from gateway.pages.outcome import Go, Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.post("/likings", PUBLIC)
def choose(visit: Visit) -> Outcome:
    """Keep what was chosen, for a year, in this browser."""
    chosen = visit.likings.with_(**{name: visit.form[name] for name in CHOICES if name in visit.form})
    return Go(safe_path(visit.form.get("next", "")) or "/", headers=(cookies.keep_likings(chosen),))
