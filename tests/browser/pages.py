"""All pages that a person can open, for the tests that look at every one of them: who opens it, and where.

`{request}` is a request of Sanne with a work order, `{triage}` one that must be assessed, `{order}` a work
order of the Technische Dienst, `{product}` one with questions.
"""

from __future__ import annotations

PAGES: tuple[tuple[str | None, str], ...] = (
    (None, "/sign-in"),
    (None, "/style"),
    ("amira", "/desk"),
    ("amira", "/desk?queue=open"),
    ("amira", "/desk?q=nothing-at-all"),
    ("amira", "/desk/requests/{request}"),
    ("amira", "/desk/requests/{triage}"),
    ("amira", "/desk/new"),
    ("amira", "/desk/new?person_q=daan&text=radiator&place_q=3.1"),
    ("amira", "/desk/repair"),
    ("amira", "/nothing-here"),
    ("karin", "/desk/repair?state=resolved"),
    ("karin", "/manage"),
    ("karin", "/manage?from=2016-03-01&until=2016-05-31"),
    ("karin", "/manage/requests?open=true"),
    ("karin", "/manage/clocks?standing=late"),
    ("karin", "/manage/orders?open=true&late=false"),
    (None, "/"),
    (None, "/norms"),
    ("sanne", "/"),
    ("sanne", "/?q=radiator"),
    ("sanne", "/report"),
    ("sanne", "/report/{product}"),
    ("sanne", "/requests"),
    ("sanne", "/requests/{request}"),
    ("tom", "/team"),
    ("tom", "/team/orders/{order}"),
    ("planning@vonk-val.example", "/supplier"),
    ("karin", "/desk/repair"),
    ("sanne", "/demo"),
    ("sanne", "/demo/clock"),
    ("sanne", "/demo/mailbox"),
    ("sanne", "/demo/suppliers"),
)
