"""Articles for those who write them: how each stands, what it solved, and its next version."""

from gateway.pages.manage.articles import list_, reading, writing
from gateway.pages.page import Page

PAGES: list[Page] = [*list_.pages.all, *reading.pages.all, *writing.pages.all]
