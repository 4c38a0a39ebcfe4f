"""What the desk works with: queues, the list, the dossier and what one does with it, a new call, the repair
list.
"""

from gateway.pages import going_along
from gateway.pages.desk import (
    actions,
    assets,
    board,
    checks,
    confiding,
    correct,
    correct_many,
    counter,
    counter_entries,
    counter_items,
    customers,
    incidents,
    kwis,
    merging,
    new_call,
    order_links,
    orders,
    people,
    promises,
    repair,
)
from gateway.pages.page import Page

PAGES: list[Page] = [
    *board.pages.all,
    *confiding.pages.all,
    *new_call.pages.all,
    *actions.pages.all,
    *assets.pages.all,
    *kwis.pages.all,
    *incidents.pages.all,
    *orders.pages.all,
    *order_links.pages.all,
    *going_along.pages.all,
    *checks.pages.all,
    *promises.pages.all,
    *correct.pages.all,
    *correct_many.pages.all,
    *people.pages.all,
    *customers.pages.all,
    *counter.pages.all,
    *counter_entries.pages.all,
    *counter_items.pages.all,
    *merging.pages.all,
    *repair.pages.all,
]
