"""Tables of deliveries, and of who may come in on the suppliers' broker."""

from __future__ import annotations

import sqlalchemy as sa

from dispatch.storage.tables import METADATA, MOMENT

deliveries = sa.Table(
    "deliveries",
    METADATA,
    sa.Column("work_order_id", sa.Uuid, sa.ForeignKey("work_orders.work_order_id"), primary_key=True),
    sa.Column("provider_id", sa.Uuid, sa.ForeignKey("providers.provider_id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("errand", sa.Text, nullable=False),
    sa.Column("generation", sa.Integer, nullable=False),
    sa.Column("attempts", sa.Integer, nullable=False),
    sa.Column("error", sa.Text),
    # When it may be claimed. A claim moves it on by the lease, so that the claim of a crashed process lapses.
    # The database's own clock, not the (movable) clock of the demo.
    sa.Column("due_at", MOMENT, nullable=False, server_default=sa.func.clock_timestamp()),
)
sa.Index(
    "deliveries_due",
    deliveries.c.provider_id,
    deliveries.c.due_at,
    postgresql_where=deliveries.c.state == "pending",
)
sa.Index("deliveries_failed", deliveries.c.work_order_id, postgresql_where=deliveries.c.state == "failed")

delivery_attempts = sa.Table(
    "delivery_attempts",
    METADATA,
    sa.Column("work_order_id", sa.Uuid, sa.ForeignKey("work_orders.work_order_id"), primary_key=True),
    sa.Column("generation", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("attempt", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("errand", sa.Text, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("milliseconds", sa.Integer, nullable=False),
    sa.Column("outcome", sa.Text, nullable=False),  # the supplier's word, or why there was none
    sa.Column("detail", sa.Text),
    sa.Column("late", sa.Boolean, nullable=False),  # came when it no longer mattered
)

# The truth about who may come in; users on the broker are made from it, and taken away.
supplier_access = sa.Table(
    "supplier_access",
    METADATA,
    sa.Column("provider_id", sa.Uuid, sa.ForeignKey("providers.provider_id"), primary_key=True),
    sa.Column("generation", sa.Integer, nullable=False),  # of the credentials; see domain/supplier_access.py
    sa.Column(
        "password_hash", sa.Text
    ),  # RabbitMQ's salted SHA-256; of those that are called over the broker
    sa.Column("granted_at", MOMENT, nullable=False),
    sa.Column("granted_by", sa.Text, nullable=False),
    sa.Column("revoked_at", MOMENT),
    sa.Column("revoked_by", sa.Text),
    sa.Column("suspended_at", MOMENT),
    sa.Column("suspended_reason", sa.Text),
    sa.Column("seen_at", MOMENT),  # said something over the broker
)
