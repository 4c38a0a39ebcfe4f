"""What a reader says of an answer: it helped, and nothing is reported; or it did not, and they report."""

from __future__ import annotations

from urllib.parse import urlencode

from gateway.clients import Json
from gateway.often import HELPED, visitor_of
from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site.visitors import if_there, public_services
from gateway.pages.visit import Visit

pages = Pages()

PATH = "/articles/<uuid:article_id>"


@pages.post(f"{PATH}/helped", PUBLIC)
def helped(visit: Visit, article_id: str) -> Outcome:
    """It was the answer: it is counted, and no request is needed."""
    _judge(visit, article_id, helped=True)
    return visit.go("/", "Good that it helped. Nothing needs to be reported.")


@pages.post(f"{PATH}/report", PUBLIC)
def report_anyway(visit: Visit, article_id: str) -> Outcome:
    """It was not: on to reporting, with the words that were searched for. Counting must not stand in the
    way.
    """
    if_there(lambda: _judge(visit, article_id, helped=False))
    product, text = visit.form.text("product"), visit.form.text("text")
    path = f"/report/{product}" if product and product.replace("-", "").isalnum() else "/report"
    return visit.go(f"{path}?{urlencode({'text': text})}" if text else path)


def _judge(visit: Visit, article_id: str, helped: bool) -> Json:
    """It counts for the version that stood on the page; not when one visitor says so again and again."""
    if not visit.house.often.may(HELPED, visitor_of(visit)):
        return {}
    read = {"version": visit.version} if visit.version else {}
    return public_services(visit).catalog.judge_article(article_id, helped, **read)
