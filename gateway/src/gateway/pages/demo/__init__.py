"""What only the demo has: being somebody else, the first ten minutes, its clock, mailbox and suppliers. None
of these pages exists outside demo mode.
"""

from gateway.pages.demo import become
from gateway.pages.page import Page

PAGES: list[Page] = [*become.pages.all]
