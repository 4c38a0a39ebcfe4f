from gateway.pages.outcome import Outcome
from gateway.pages.page import PUBLIC, Page, Pages
from gateway.pages.visit import Visit

pages = Pages()


@pages.get("/", PUBLIC)
def home(visit: Visit) -> Outcome:
    return visit.show("site/home.html")


PAGES: list[Page] = pages.all
