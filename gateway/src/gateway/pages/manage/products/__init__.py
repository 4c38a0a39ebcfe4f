"""The catalogue as its authors see it: everything there is, the draft of a product, and what differs."""

from gateway.pages.manage.products import editing, files, list_, publishing, reading
from gateway.pages.page import Page

PAGES: list[Page] = [
    *files.pages.all,
    *list_.pages.all,
    *reading.pages.all,
    *editing.pages.all,
    *publishing.pages.all,
]
