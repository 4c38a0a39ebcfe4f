"""What only the demo has: being somebody else, the first ten minutes, its clock, mailbox and suppliers. None
of these pages exists outside demo mode.
"""

from gateway.pages.demo import become, clock, first_minutes, mailbox, suppliers
from gateway.pages.page import Page

PAGES: list[Page] = [
    *first_minutes.pages.all,
    *become.pages.all,
    *clock.pages.all,
    *mailbox.pages.all,
    *suppliers.pages.all,
]
