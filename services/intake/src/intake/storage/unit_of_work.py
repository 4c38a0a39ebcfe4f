"""Intake's unit of work."""

from __future__ import annotations

from datetime import date
from functools import cache, cached_property, partial
from uuid import UUID
from zoneinfo import ZoneInfo

from servicekit.storage import UnitOfWork

from intake.domain.charges import charged, owed
from intake.domain.confidence import told
from intake.domain.keeping import keep_up
from intake.domain.proposing.knowledge import Knowledge
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import By
from intake.storage.assets import Assets
from intake.storage.attachments import Attachments
from intake.storage.batches import Batches
from intake.storage.begun import Begun
from intake.storage.bookings import Bookings
from intake.storage.budgets import Budgets
from intake.storage.charges import Charges
from intake.storage.choices import Choices
from intake.storage.complaints import Complaints
from intake.storage.confidence import Confidence
from intake.storage.contacts import Contacts
from intake.storage.corrections import Corrections
from intake.storage.cost_centres import CostCentres
from intake.storage.customers import Customers
from intake.storage.danger_routes import DangerRoutes
from intake.storage.doubles import Doubles
from intake.storage.figures import Figures
from intake.storage.holding import move
from intake.storage.incidents import Incidents
from intake.storage.knowing import knowledge
from intake.storage.ledger import Ledger
from intake.storage.links import Links
from intake.storage.locations import Locations
from intake.storage.lookups import Lookups
from intake.storage.merges import Merges
from intake.storage.people import People
from intake.storage.plans import Plans
from intake.storage.priorities import Priorities
from intake.storage.promises import Promises
from intake.storage.published import Published
from intake.storage.relations import Relations
from intake.storage.repeats import Repeats
from intake.storage.requests import Requests
from intake.storage.set_apart import SetApart
from intake.storage.themes import Themes

# Of the hours that count while no calendar has been published.
ZONE = Rules().zone


class IntakeWork(UnitOfWork):
    """One transaction over requests, relations, and the copies of what others publish."""

    @cached_property
    def requests(self) -> Requests:
        return Requests(self.connection, self.opens)

    @cached_property
    def confidence(self) -> Confidence:
        return Confidence(self.connection)

    @cached_property
    def corrections(self) -> Corrections:
        return Corrections(self.connection)

    @cached_property
    def customers(self) -> Customers:
        return Customers(self.connection)

    @cached_property
    def assets(self) -> Assets:
        return Assets(self.connection)

    @cached_property
    def batches(self) -> Batches:
        return Batches(self.connection)

    @cached_property
    def begun(self) -> Begun:
        return Begun(self.connection)

    @cached_property
    def attachments(self) -> Attachments:
        return Attachments(self.connection)

    @cached_property
    def budgets(self) -> Budgets:
        return Budgets(self.connection)

    @cached_property
    def bookings(self) -> Bookings:
        return Bookings(self.connection)

    @cached_property
    def cost_centres(self) -> CostCentres:
        return CostCentres(self.connection, self.today)

    @cached_property
    def charges(self) -> Charges:
        return Charges(self.connection, self.new_id)

    @property
    def today(self) -> date:
        """On the house's own calendar."""
        return self.now.astimezone(ZoneInfo(ZONE)).date()

    @cached_property
    def month(self) -> str:
        """As in 2026-11, in the organisation's zone."""
        return f"{self.now.astimezone(self.lookups.calendar(ZONE).tzinfo):%Y-%m}"

    @cached_property
    def lookups(self) -> Lookups:
        return Lookups(self.connection)

    @cached_property
    def published(self) -> Published:
        return Published(self.connection)

    @cached_property
    def relations(self) -> Relations:
        return Relations(self.connection)

    @cached_property
    def people(self) -> People:
        return People(self.connection)

    @cached_property
    def merges(self) -> Merges:
        return Merges(self.connection)

    @cached_property
    def doubles(self) -> Doubles:
        return Doubles(self.connection)

    @cached_property
    def set_apart(self) -> SetApart:
        return SetApart(self.connection)

    @cached_property
    def contacts(self) -> Contacts:
        return Contacts(self.connection)

    @cached_property
    def locations(self) -> Locations:
        return Locations(self.connection)

    @cached_property
    def promises(self) -> Promises:
        return Promises(self.connection)

    @cached_property
    def figures(self) -> Figures:
        return Figures(self.connection)

    @cached_property
    def complaints(self) -> Complaints:
        return Complaints(self.connection, self.now)

    @cached_property
    def incidents(self) -> Incidents:
        return Incidents(self.connection)

    @cached_property
    def themes(self) -> Themes:
        return Themes(self.connection)

    @cached_property
    def ledger(self) -> Ledger:
        return Ledger(self.connection, self.today)

    @cached_property
    def links(self) -> Links:
        return Links(self.connection)

    @cached_property
    def danger_routes(self) -> DangerRoutes:
        return DangerRoutes(self.connection)

    @cached_property
    def priorities(self) -> Priorities:
        return Priorities(self.connection)

    @cached_property
    def plans(self) -> Plans:
        return Plans(self.connection)

    @cached_property
    def repeats(self) -> Repeats:
        return Repeats(self.connection)

    @cached_property
    def choices(self) -> Choices:
        return Choices(self.connection)

    @property
    def knowledge(self) -> Knowledge:
        """What this process knows about texts, up to date."""
        return knowledge(self.connection)

    @cached_property
    def own_ids(self) -> list[UUID]:
        """All ids of the person who acts; empty for who is none. One statement, at the first question."""
        if self.actor.person_id is None:
            return []
        own = UUID(self.actor.person_id)
        return self.people.same(own) or [own]

    def opens(self, request: Request) -> bool:
        """Whether who acts may know that it is there: of a confidential one its requester, who was named as a
        reader, and the house itself (its timers and facts).
        """
        if not request.confidential or self.actor.kind == "service":
            return True
        return request.opens_to({str(each) for each in self.own_ids})

    @property
    def by(self) -> By:
        """Who this is done by, as the timeline shows it."""
        return By(self.actor.kind, self.actor.name or self.actor.id)

    def add(self, request: Request) -> None:
        """A new request, and what is told about it."""
        self._keep_up(request)
        self.requests.add(request)
        self._tell(request)

    def save(self, request: Request) -> None:
        """A changed request, and what is told about it. Raises Stale."""
        self._keep_up(request)
        self._charge(request)
        self.requests.save(request)
        self._tell(request)

    def touched(self, request: Request) -> None:
        """What changes nothing that another service relies on, but what whoever reads along sees."""
        person_id = request.requester.person_id if request.requester else None
        about = {"request_id": request.request_id, "requester": {"person_id": person_id}}
        self.signal("request_touched", about)
        self._touch_whom_it_is_for(request)

    def _touch_whom_it_is_for(self, request: Request) -> None:
        """Facts name the requester alone; whom it is for follows it too."""
        person = request.requested_for
        if person:
            about = {"request_id": request.request_id, "requester": {"person_id": person.person_id}}
            self.signal("request_touched", about)

    def _keep_up(self, request: Request) -> None:
        """Its promises follow from what happened, whoever saves it."""
        hours = cache(lambda: self.lookups.calendar(ZONE))
        keep_up(request, partial(move, request.priority, hours))

    def _charge(self, request: Request) -> None:
        """Whatever changed: the ledger adds up to what it ought to be charged."""
        if not (charged(request) or request.charges):
            return
        ref = request.product
        due = owed(request, self.published.product(UUID(ref.product_id), ref.version)) if ref else {}
        if due or request.charges:
            self.charges.keep(request, due, self.now, lambda: self.month)

    def _tell(self, request: Request) -> None:
        for event, data in request.facts:
            self.publish(event, told(event, data, request))
        if request.facts:
            self._touch_whom_it_is_for(request)
        request.facts = []
