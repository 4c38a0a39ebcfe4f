"""What suppliers see: their orders with an account, and one order by a signed link without."""

from gateway.pages.page import Page
from gateway.pages.supplier import links, orders, visits

PAGES: list[Page] = [*orders.pages.all, *visits.pages.all, *links.pages.all]
