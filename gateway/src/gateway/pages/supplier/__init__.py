"""What suppliers see: their orders with an account, and one order by a signed link without."""

from gateway.pages import own_visits
from gateway.pages.page import Page
from gateway.pages.supplier import links, orders

PAGES: list[Page] = [*orders.pages.all, *own_visits.pages_of(orders.SUPPLIER).all, *links.pages.all]
