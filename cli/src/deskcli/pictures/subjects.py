"""What is photographed: a row per picture."""

from __future__ import annotations

from dataclasses import dataclass

WIDE, PHONE = (1280, 800), (390, 780)


@dataclass(frozen=True)
class Subject:
    """`path` may hold {request} (a fault of Sanne with a supplier), {triage} (one to assess), {order} (a
    work order of a team).
    """

    name: str
    who: str | None
    path: str
    size: tuple[int, int] = WIDE
    theme: str = "light"


SUBJECTS = (
    Subject("site-home", "sanne", "/"),
    Subject("site-follow", "sanne", "/requests/{request}"),
    Subject("site-follow-phone", "sanne", "/requests/{request}", PHONE),
    Subject("desk", "amira", "/desk/requests/{request}?queue=open"),
    Subject("desk-dark", "amira", "/desk/requests/{request}?queue=open", theme="dark"),
    Subject("desk-new-call", "amira", "/desk/new?person_q=daan&text=radiator&place_q=3.1"),
    Subject("desk-triage", "amira", "/desk/requests/{triage}?queue=triage"),
    Subject("repair-list", "amira", "/desk/repair"),
    Subject("team-phone", "tom", "/team", PHONE),
    Subject("team-order", "tom", "/team/orders/{order}"),
    Subject("supplier", "planning@vonk-val.example", "/supplier"),
    Subject("dashboard", "karin", "/manage"),
    Subject("demo", "sanne", "/demo"),
)
