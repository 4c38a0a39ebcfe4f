"""One transaction of dispatch, with its repositories."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from servicekit.storage import UnitOfWork

from dispatch.storage.absences import Absences
from dispatch.storage.deliveries import Deliveries
from dispatch.storage.deviations import Deviations
from dispatch.storage.figures import Figures
from dispatch.storage.files import OrderFiles
from dispatch.storage.openings import Openings
from dispatch.storage.order_links import OrderLinks
from dispatch.storage.people import People
from dispatch.storage.processes import Processes
from dispatch.storage.products import Products
from dispatch.storage.providers import Providers
from dispatch.storage.reading import Reading
from dispatch.storage.rosters import Rosters
from dispatch.storage.routing import Routing
from dispatch.storage.silences import Silences
from dispatch.storage.supplier_access import SupplierAccess
from dispatch.storage.terms import TermsOfOrders
from dispatch.storage.visits import Visits
from dispatch.storage.work_orders import WorkOrders


class DispatchWork(UnitOfWork):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.providers = Providers(self.connection)
        self.access = SupplierAccess(self.connection)
        self.products = Products(self.connection)
        self.people = People(self.connection)
        self.processes = Processes(self.connection)
        self.orders = WorkOrders(self.connection)
        self.deliveries = Deliveries(self.connection)
        self.deviations = Deviations(self.connection)
        self.routing = Routing(self.connection)
        self.files = OrderFiles(self.connection)
        self.openings = Openings(self.connection)
        self.silences = Silences(self.connection)
        self.terms = TermsOfOrders(self.connection)
        self.visits = Visits(self.connection)
        self.rosters = Rosters(self.connection)
        self.order_links = OrderLinks(self.connection)
        self.absences = Absences(self.connection)
        self.reading = Reading(self.connection)
        self.figures = Figures(self.connection)
        # Orders whose new moment is told once, with the visit that they are in.
        self.told_together: set[UUID] = set()
