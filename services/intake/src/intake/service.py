"""The service: what it is made of, and how its refusals are told."""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar

from servicekit.errors import Conflict, Invalid, ServiceError
from servicekit.recovery.acting import Repair
from servicekit.recovery.collector import Collector
from servicekit.service import Service
from servicekit.storage import WorkProvider

from intake.domain import errors
from intake.entrypoints.approvals import Approvals
from intake.entrypoints.assets import Assets
from intake.entrypoints.batches import Batches
from intake.entrypoints.beginning import Beginning
from intake.entrypoints.charging import Charging
from intake.entrypoints.confiding import Confiding
from intake.entrypoints.correcting import Correcting
from intake.entrypoints.cost_centres import CostCentres
from intake.entrypoints.customers import Customers
from intake.entrypoints.facts import Facts
from intake.entrypoints.importing import Importing
from intake.entrypoints.involving import Involving
from intake.entrypoints.kwis import Kwis
from intake.entrypoints.ledger import Ledger
from intake.entrypoints.mails import Mails
from intake.entrypoints.people import People
from intake.entrypoints.plans import Plans
from intake.entrypoints.promises import Promises
from intake.entrypoints.relations import Relations
from intake.entrypoints.repeats import Repeats
from intake.entrypoints.requests import Requests
from intake.handlers import repairing
from intake.storage.unit_of_work import IntakeWork


class IntakeService(
    Approvals,
    Assets,
    Batches,
    Beginning,
    Charging,
    Confiding,
    Correcting,
    CostCentres,
    Customers,
    Facts,
    Importing,
    Involving,
    Kwis,
    Ledger,
    Mails,
    People,
    Plans,
    Promises,
    Relations,
    Repeats,
    Requests,
    Service,
):
    name = "intake"
    errors: ClassVar[dict[type[Exception], type[ServiceError]]] = {
        errors.NotAllowed: Conflict,
        errors.TooLate: Conflict,
        errors.Wrong: Invalid,
    }
    work = WorkProvider(IntakeWork)
    recovery = Collector(unrouted=True)  # the desk's direction also keeps the facts that nobody listens to

    def known_repairs(self) -> Mapping[str, Repair]:
        return repairing.repairs(self.settings.rules)
