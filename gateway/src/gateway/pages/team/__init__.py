"""The work list of a team of our own: made for a telephone in somebody's hand."""

from gateway.pages.page import Page
from gateway.pages.team import calendar, orders

PAGES: list[Page] = [*calendar.pages.all, *orders.pages.all]
