"""The work list of a team of our own: made for a telephone in somebody's hand."""

from gateway.pages.page import Page
from gateway.pages.team import calendar, orders, visits

PAGES: list[Page] = [*calendar.pages.all, *visits.pages.all, *orders.pages.all]
