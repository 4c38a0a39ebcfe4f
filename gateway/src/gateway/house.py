"""What the endpoints work with, put together once at start."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from servicekit.actor import service_actor
from servicekit.clock import SystemClock
from servicekit.personal_links import PersonalLinks
from servicekit.storage import Context, Transaction
from servicekit.storage.scope import Scope

from gateway.accounts.administration import Administration
from gateway.accounts.gate import Gate
from gateway.accounts.members import Members
from gateway.accounts.passwords import Passwords
from gateway.accounts.sign_in import SignIn, Work
from gateway.accounts.suppliers import SupplierAccounts
from gateway.clients import Transport
from gateway.demo.becoming import Becoming
from gateway.demo.clock import DemoClock
from gateway.demo.people import DemoPeople
from gateway.demo.suppliers import SupplierSwitches
from gateway.files.scanning import scanner
from gateway.files.store import Store
from gateway.files.taking import Taking
from gateway.live.hub import Hub
from gateway.often import Often
from gateway.order_links import OrderLinks
from gateway.pages.guard import Guard
from gateway.settings import GatewaySettings
from gateway.storage.unit_of_work import GatewayWork


@dataclass(frozen=True)
class House:
    settings: GatewaySettings
    transport: Transport
    gate: Gate
    sign_in: SignIn
    administration: Administration
    supplier_accounts: SupplierAccounts
    members: Members
    demo_clock: DemoClock
    work: Work
    live: Hub
    guard: Guard
    demo_people: DemoPeople
    follow_links: PersonalLinks
    approve_links: PersonalLinks
    becoming: Becoming | None
    order_links: OrderLinks
    switches: SupplierSwitches
    files: Taking
    often: Often = field(default_factory=Often)

    def address_of(self, environ: dict[str, Any]) -> str:
        """The client's address: the last one that a proxy of our own wrote down, never one that the client
        wrote."""
        proxies = self.settings.trusted_proxies
        forwarded = environ.get("HTTP_X_FORWARDED_FOR", "")
        if proxies and forwarded:
            hops = [hop.strip() for hop in forwarded.split(",")]
            return str(hops[-min(proxies, len(hops))])
        return str(environ.get("REMOTE_ADDR", ""))


def build(settings: GatewaySettings, engine: sa.Engine, transport: Transport, passwords: Passwords) -> House:
    context = Context("gateway", service_actor("gateway"), SystemClock())
    work: Work = Scope(GatewayWork, context, lambda: Transaction(engine))
    gate = Gate(engine)
    demo_clock = DemoClock(settings.clock_file)
    return House(
        settings=settings,
        transport=transport,
        gate=gate,
        sign_in=SignIn(work, passwords),
        administration=Administration(work, passwords, settings.demo_mode),
        supplier_accounts=SupplierAccounts(work, gate),
        members=Members(work),
        demo_clock=demo_clock,
        work=work,
        live=Hub(),
        guard=Guard(settings.actor_secret),
        demo_people=DemoPeople(work),
        follow_links=PersonalLinks(settings.link_keys, "follow"),
        approve_links=PersonalLinks(settings.link_keys, "approve"),
        becoming=Becoming.of(work, settings.demo_mode),
        order_links=OrderLinks(
            settings.actor_secret, demo_clock.now, PersonalLinks(settings.link_keys, "order")
        ),
        switches=SupplierSwitches(settings.control_socket if settings.demo_mode else ""),
        files=_files(settings),
    )


def _files(settings: GatewaySettings) -> Taking:
    store = Store(Path(settings.files_folder)) if settings.files_folder else None
    return Taking(store, scanner(settings.scanner), settings.receipts, settings.file_megabytes)
