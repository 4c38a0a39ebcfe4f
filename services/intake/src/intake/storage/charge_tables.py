"""The table of charges: a ledger, which is only added to. No name of a person and no word of a request is
in it.
"""

from __future__ import annotations

import sqlalchemy as sa

from intake.storage.tables import AT, METADATA

charges = sa.Table(
    "charges",
    METADATA,
    sa.Column("charge_id", sa.Uuid, primary_key=True),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), nullable=False),
    # The how manieth of its request: two who book at once can't both have the next.
    sa.Column("number", sa.Integer, nullable=False),
    # A key; empty when nobody gave it one.
    sa.Column("cost_centre", sa.Text(collation="C"), nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("product_id", sa.Uuid, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # Of which order, by its number; empty when it is of the request as a whole.
    sa.Column("order_number", sa.Text, nullable=False),
    # Less than nothing: booked back.
    sa.Column("amount_cents", sa.BigInteger, nullable=False),
    sa.Column("booked_at", AT, nullable=False),
    # "2026-11", in the organisation's zone: in which it is booked, and in which its request first was.
    sa.Column("month", sa.Text(collation="C"), nullable=False),
    sa.Column("first_month", sa.Text(collation="C"), nullable=False),
    sa.UniqueConstraint("request_id", "number"),
)

_c = charges.c

sa.Index("charges_centre", _c.cost_centre, _c.month, postgresql_include=["amount_cents", "request_id"])
sa.Index("charges_month", _c.month, _c.booked_at, _c.charge_id)
