"""The tables of dispatch. Beside them live servicekit's outbox, inbox and idempotency records."""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

METADATA = sa.MetaData()
MOMENT = sa.DateTime(timezone=True)

providers = sa.Table(
    "providers",
    METADATA,
    sa.Column("provider_id", sa.Uuid, primary_key=True),
    sa.Column("slug", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("kind", sa.Text, nullable=False),
    sa.Column("delivery", sa.Text, nullable=False),
    sa.Column("address", sa.Text, unique=True),  # service and user name on the suppliers' broker
    sa.Column("updated_at", MOMENT, nullable=False),
)

# Beside the provider, not in it: every read of an order joins providers, and needs none of this.
provider_profiles = sa.Table(
    "provider_profiles",
    METADATA,
    sa.Column("provider_id", sa.Uuid, sa.ForeignKey("providers.provider_id"), primary_key=True),
    sa.Column("skills", JSONB, nullable=False),
    sa.Column("places", JSONB, nullable=False),  # location ids
    sa.Column("hours", JSONB, nullable=False),
    sa.Column("capacity", sa.Integer),
    sa.Column("absences", JSONB, nullable=False),
    sa.Column("emails", JSONB, nullable=False, server_default="[]"),
    sa.Column("language", sa.Text, nullable=False, server_default="nl"),
    sa.Column("patience", JSONB, nullable=False, server_default="{}"),  # its own terms; see domain/silence.py
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column("updated_by", sa.Text, nullable=False),
)

routing_rules = sa.Table(
    "routing_rules",
    METADATA,
    sa.Column("rule_id", sa.Uuid, primary_key=True),
    sa.Column("position", sa.Integer, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("conditions", JSONB, nullable=False),
    sa.Column("providers", JSONB, nullable=False),
    sa.Column("skill", sa.Text),
    sa.Column("needs", JSONB, nullable=False),
    sa.Column("otherwise", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column("updated_by", sa.Text, nullable=False),
)

# What every order is held to; see domain/terms.py.
order_terms = sa.Table(
    "order_terms",
    METADATA,
    sa.Column("name", sa.Text, primary_key=True),
    sa.Column("values", JSONB, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("updated_at", MOMENT, nullable=False),
    sa.Column("updated_by", sa.Text, nullable=False),
)

# What was heard of intake's locations: rules and providers name them.
places = sa.Table(
    "places",
    METADATA,
    sa.Column("location_id", sa.Uuid, primary_key=True),
    sa.Column("path", sa.Text, nullable=False),
    sa.Column("heard_at", MOMENT, nullable=False),  # when it became so, at intake: facts come in any order
)

products = sa.Table(
    "products",
    METADATA,
    sa.Column("product_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("check_required", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("steps", JSONB(none_as_null=True)),  # null: heard of its withdrawal only
    sa.Column("withdrawn_at", MOMENT),
    sa.Column("about", JSONB(none_as_null=True)),  # slug, name, category, kind, priority; null: heard earlier
)

processes = sa.Table(
    "processes",
    METADATA,
    sa.Column("request_id", sa.Uuid, primary_key=True),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("request", JSONB(none_as_null=True)),  # what executors may see of the accepted request
    sa.Column("product_id", sa.Uuid),
    sa.Column("product_version", sa.Integer),
    sa.Column("accepted_sequence", sa.Integer, nullable=False, server_default="0"),
    sa.Column("accepted_round", sa.Integer, nullable=False, server_default="1"),
    sa.Column("reopened_sequence", sa.Integer, nullable=False, server_default="0"),
    sa.Column("reopened_round", sa.Integer, nullable=False, server_default="0"),
    sa.Column("reopened_reason", sa.Text),
    sa.Column("closed_sequence", sa.Integer, nullable=False, server_default="0"),
    sa.Column("planned_round", sa.Integer, nullable=False, server_default="0"),
    sa.Column("completed_round", sa.Integer, nullable=False, server_default="0"),
    sa.Column("last_serial", sa.Integer, nullable=False, server_default="0"),
    sa.Column("waiting_since", MOMENT),  # accepted, but not plannable yet
    sa.Column("unplannable_told", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("waiting_reason", sa.Text),  # the code of what it waits for
    sa.Column("corrected_sequence", sa.Integer, nullable=False, server_default="0"),
    sa.Column("corrected_round", sa.Integer, nullable=False, server_default="0"),
    sa.Column("fresh_round", sa.Integer, nullable=False, server_default="1"),
    sa.Column("correction_id", sa.Uuid),  # that waits for its orders
    sa.Column("weighed", JSONB(none_as_null=True)),  # its priority as the desk changed it
    sa.Column("confided", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("said", JSONB, nullable=False, server_default="{}"),  # in confidence, for executors
)
sa.Index(
    "processes_waiting", processes.c.waiting_since, postgresql_where=processes.c.waiting_since.is_not(None)
)

work_orders = sa.Table(
    "work_orders",
    METADATA,
    sa.Column("work_order_id", sa.Uuid, primary_key=True),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("processes.request_id"), nullable=False),
    sa.Column("number", sa.Text, nullable=False, unique=True),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("step", sa.Text, nullable=False),
    sa.Column("title", JSONB, nullable=False),
    sa.Column("provider_id", sa.Uuid, sa.ForeignKey("providers.provider_id"), nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("open", sa.Boolean, nullable=False),  # somebody still has to do something with it
    sa.Column("created_at", MOMENT, nullable=False),
    sa.Column("depends_on", JSONB, nullable=False),
    sa.Column("check_required", sa.Boolean, nullable=False),
    sa.Column("check_by", sa.Text),  # null: the desk
    sa.Column("check_holds", sa.Boolean, nullable=False, server_default=sa.false()),
    sa.Column("instructions", JSONB(none_as_null=True)),
    sa.Column("lead_time", JSONB(none_as_null=True)),
    sa.Column("remark", sa.Text),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("offer", sa.Integer, nullable=False),
    sa.Column("issued_at", MOMENT),
    sa.Column("accepted_at", MOMENT),
    sa.Column("refused_at", MOMENT),
    sa.Column("updated_at", MOMENT),
    sa.Column("reason", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("planned_from", MOMENT),
    sa.Column("planned_until", MOMENT),
    sa.Column("cost_cents", sa.BigInteger),
    sa.Column("pause", JSONB(none_as_null=True)),
    sa.Column("replaces", sa.Uuid),
    sa.Column("replaced_by", sa.Uuid),
    sa.Column("routing", JSONB(none_as_null=True)),  # why this provider; see domain/routing.py
    sa.Column("appointment", JSONB(none_as_null=True)),  # see domain/appointments.py
    sa.Column("checklist", JSONB(none_as_null=True)),
    sa.Column("agreed_cents", sa.BigInteger),
    sa.Column("limit_cents", sa.BigInteger),  # what it may cost without asking
    sa.Column("extra_work", JSONB(none_as_null=True)),  # see domain/extra_work.py
    sa.Column("record", JSONB(none_as_null=True)),  # this and the next: see domain/records.py
    sa.Column("cost_standing", JSONB(none_as_null=True)),
    sa.Column("rework_of", sa.Uuid),
    sa.Column("correction_id", sa.Uuid),  # that issued it
    sa.Column("corrected_by", sa.Uuid),  # the correction that took it away
    sa.Column("stops", JSONB(none_as_null=True)),  # of a round; see domain/rounds.py
    sa.Column("silence", JSONB(none_as_null=True)),  # see domain/silence.py
    sa.Column("look_at", MOMENT),  # when to look whether its provider has said something
    sa.Column("assignee", JSONB(none_as_null=True)),  # this and the next: see domain/assignment.py
    sa.Column("came_back", JSONB(none_as_null=True)),
    sa.Column("hand_overs", sa.Integer, nullable=False, server_default="0"),
)
sa.Index("work_orders_look_at", work_orders.c.look_at, postgresql_where=work_orders.c.look_at.is_not(None))
sa.Index("work_orders_request", work_orders.c.request_id)
# Work lists and boards read newest first; identifiers sort by time.
sa.Index("work_orders_provider", work_orders.c.provider_id, work_orders.c.work_order_id)
sa.Index(
    "work_orders_open",
    work_orders.c.provider_id,
    work_orders.c.work_order_id,
    postgresql_where=work_orders.c.open,
    postgresql_include=["planned_until"],
)
# Holds what figures count, so that they read no rows.
sa.Index(
    "work_orders_issued",
    work_orders.c.issued_at,
    postgresql_where=work_orders.c.issued_at.is_not(None),
    postgresql_include=["provider_id", "state", "round", "accepted_at", "refused_at", "hand_overs"],
)
sa.Index(
    "work_orders_to_check",
    work_orders.c.work_order_id,
    postgresql_where=sa.text(
        "state = 'technically_complete' AND check_required AND replaced_by IS NULL AND corrected_by IS NULL"
    ),
)
sa.Index("work_orders_open_all", work_orders.c.work_order_id, postgresql_where=work_orders.c.open)
sa.Index(
    "work_orders_assignee",
    work_orders.c.assignee["account_id"].astext,
    postgresql_where=sa.and_(work_orders.c.open, work_orders.c.assignee.is_not(None)),
)
sa.Index("work_orders_state", work_orders.c.state, work_orders.c.work_order_id)

history = sa.Table(
    "work_order_history",
    METADATA,
    sa.Column("work_order_id", sa.Uuid, sa.ForeignKey("work_orders.work_order_id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("action", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("previous_state", sa.Text, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
    sa.Column("by_kind", sa.Text, nullable=False),
    sa.Column("by_name", sa.Text),
    sa.Column("by_id", sa.Text, nullable=False),
    sa.Column("offer", sa.Integer, nullable=False),
    sa.Column("details", JSONB, nullable=False),
)

# Silences of providers that somebody heard of, with how each ended: what is counted of them.
silences = sa.Table(
    "silences",
    METADATA,
    sa.Column("work_order_id", sa.Uuid, sa.ForeignKey("work_orders.work_order_id"), primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True, autoincrement=False),  # of the order, as it was told
    sa.Column("provider_id", sa.Uuid, sa.ForeignKey("providers.provider_id"), nullable=False),
    sa.Column("of", sa.Text, nullable=False),
    sa.Column("told_at", MOMENT, nullable=False),
    sa.Column("escalated_at", MOMENT),
    sa.Column("ended_at", MOMENT),
    sa.Column("outcome", sa.Text),
)
sa.Index("silences_provider", silences.c.provider_id, silences.c.told_at)
sa.Index("silences_running", silences.c.work_order_id, postgresql_where=silences.c.ended_at.is_(None))

# Copies of the calendars that were published: working hours and holidays.
calendars = sa.Table(
    "calendars",
    METADATA,
    sa.Column("calendar_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", JSONB, nullable=False),
)

# Photos and documents with a completion. Their bytes are with the gateway, under `digest`.
order_files = sa.Table(
    "order_files",
    METADATA,
    sa.Column("file_id", sa.Uuid, primary_key=True),
    sa.Column("work_order_id", sa.Uuid, sa.ForeignKey("work_orders.work_order_id"), nullable=False),
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("scanned", sa.Boolean, nullable=False),
    sa.Column("at", MOMENT, nullable=False),
)
sa.Index("order_files_order", order_files.c.work_order_id)
sa.Index("order_files_digest", order_files.c.digest)

# Orders that are done in one go; see domain/visits.py.
visits = sa.Table(
    "visits",
    METADATA,
    sa.Column("visit_id", sa.Uuid, primary_key=True),
    sa.Column("provider_id", sa.Uuid, sa.ForeignKey("providers.provider_id"), nullable=False),
    sa.Column("made_at", MOMENT, nullable=False),
    sa.Column("made_by", sa.Text),
    sa.Column("note", sa.Text),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
)
visit_orders = sa.Table(
    "visit_orders",
    METADATA,
    sa.Column("work_order_id", sa.Uuid, sa.ForeignKey("work_orders.work_order_id"), primary_key=True),
    sa.Column("visit_id", sa.Uuid, sa.ForeignKey("visits.visit_id"), nullable=False),
)
sa.Index("visit_orders_visit", visit_orders.c.visit_id)
