"""All pages, and where somebody with a certain role begins."""

from __future__ import annotations

from servicekit.actor import Actor

from gateway.pages.page import Page

# The first role that one has counts.
HOMES = (
    ("agent", "/desk"),
    ("reception", "/desk/counter"),
    ("team", "/team"),
    ("supplier", "/supplier"),
    ("manager", "/manage"),
    ("operator", "/desk/repair"),
    ("administrator", "/manage"),
    ("product_owner", "/manage"),
)


def home_of(actor: Actor) -> str:
    return next((path for role, path in HOMES if role in actor.roles), "/")


def all_pages() -> list[Page]:
    """In the order of the map. Imported here, since pages know this module."""
    from gateway.pages import access, demo, desk, manage, site, supplier, team

    return [page for part in (access, site, desk, team, supplier, manage, demo) for page in part.PAGES]
