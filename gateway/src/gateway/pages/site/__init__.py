"""The service site: for everybody in the building who needs something, signed in or not."""

from gateway.pages import charging, involving
from gateway.pages.page import Page
from gateway.pages.site import (
    answers,
    approvals,
    beginning,
    complaining,
    counter,
    following,
    home,
    norms,
    own_requests,
    products,
    reporting,
    scanning,
    wishes,
)

PAGES: list[Page] = [
    *home.pages.all,
    *products.pages.all,
    *reporting.pages.all,
    *scanning.pages.all,
    *involving.pages.all,
    *charging.pages.all,
    *beginning.pages.all,
    *own_requests.pages.all,
    *counter.pages.all,
    *norms.pages.all,
    *following.pages.all,
    *answers.pages.all,
    *approvals.pages.all,
    *complaining.pages.all,
    *wishes.pages.all,
]
