"""The work list of a team of our own: made for a telephone in somebody's hand."""

from gateway.pages import own_visits
from gateway.pages.page import Page
from gateway.pages.team import absences, calendar, checks, hours, orders, weeks

PAGES: list[Page] = [
    *absences.pages.all,
    *calendar.pages.all,
    *hours.pages.all,
    *weeks.pages.all,
    *own_visits.pages_of(orders.TEAM).all,
    *checks.pages.all,
    *orders.pages.all,
]
