"""What managers look at: how the desk is doing, and the lists behind it."""

from gateway.pages.manage import (
    articles,
    assets,
    budgets,
    causes,
    complaints,
    corrections,
    dashboard,
    deviations,
    lists,
    new_product,
    plans,
    priorities,
    products,
    providers,
    repeats,
    routing,
    wishes,
)
from gateway.pages.page import Page

PAGES: list[Page] = [
    *dashboard.pages.all,
    *lists.pages.all,
    *new_product.pages.all,
    *products.PAGES,
    *articles.PAGES,
    *routing.pages.all,
    *providers.pages.all,
    *plans.pages.all,
    *assets.pages.all,
    *budgets.pages.all,
    *priorities.pages.all,
    *causes.pages.all,
    *corrections.pages.all,
    *repeats.pages.all,
    *complaints.pages.all,
    *wishes.pages.all,
    *deviations.pages.all,
]
