from gateway.pages.page import Page

PAGES: list[Page] = []
