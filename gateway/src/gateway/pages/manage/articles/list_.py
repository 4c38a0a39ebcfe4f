"""All articles in any state, with how often each was the answer and who works on what."""

from __future__ import annotations

from gateway.pages.manage.products.list_ import asked, further, labels_of, tabs_of
from gateway.pages.outcome import Outcome
from gateway.pages.page import Pages
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/manage/articles"
LINES = 50


@pages.get(PATH, "catalog.drafts")
def articles(visit: Visit) -> Outcome:
    """Articles as products are listed."""
    wanted = asked(visit)
    page = visit.services.catalog.list_article_catalogue(**wanted, limit=LINES)
    return visit.show(
        "manage/articles/list.html",
        lines=[{**line, "labels": labels_of(line)} for line in page["items"]],
        tabs=tabs_of(visit, PATH, wanted),
        wanted=wanted,
        further=further(PATH, wanted, page["next_cursor"]),
    )
