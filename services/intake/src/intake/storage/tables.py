"""Tables. Lists read `requests` alone; what never changes (answers' questions, a product) is kept with its
version.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

METADATA = sa.MetaData()

AT = sa.DateTime(timezone=True)
JSON = JSONB(none_as_null=True)

REQUEST_NUMBERS = sa.Sequence("request_numbers", metadata=METADATA)

# Written in the same way in the index and in the query, or the index is not used.
REQUEST_WORDS = "to_tsvector('dutch'::regconfig, text) || to_tsvector('english'::regconfig, text)"
PLANNED = "coalesce((created_by ->> 'id'::text) ~~ 'plan:%'::text, false)"
IN_TIME = "((imported ->> 'made_sla'::text))::boolean"

requests = sa.Table(
    "requests",
    METADATA,
    sa.Column("request_id", sa.Uuid, primary_key=True),
    sa.Column("number", sa.BigInteger, nullable=False, unique=True),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("resolution", sa.Text),
    sa.Column("kind", sa.Text),
    sa.Column("standard", sa.Boolean, nullable=False),
    sa.Column("channel", sa.Text, nullable=False),
    sa.Column("priority", sa.Text, nullable=False),
    sa.Column("summary", sa.Text, nullable=False),
    sa.Column("text", sa.Text, nullable=False),
    sa.Column("requester_id", sa.Uuid),
    sa.Column("requester", JSON),
    # Whom it is for, when that is another; whom the executor meets there; who pays.
    sa.Column("requested_for_id", sa.Uuid),
    sa.Column("requested_for", JSON),
    sa.Column("on_site", JSON),
    sa.Column("cost_centre", JSON),
    sa.Column("location_id", sa.Uuid),
    sa.Column("location", JSON),
    sa.Column("product_id", sa.Uuid),
    sa.Column("product", JSON),
    sa.Column("customer_id", sa.Uuid),
    sa.Column("answers", JSON, nullable=False),
    sa.Column("quantity", sa.Integer, nullable=False),
    # What it takes of what there is of its product at once.
    sa.Column("units", sa.Integer, nullable=False, server_default="1"),
    # {"free_until", "cost_cents"} when it was cancelled later than is free.
    sa.Column("cancelled_late", JSON),
    sa.Column("wanted_from", AT),
    sa.Column("wanted_until", AT),
    sa.Column("respond_by", AT, nullable=False),
    sa.Column("resolve_by", AT),
    # The last term that was promised: what lists sort on.
    sa.Column("promised_at", AT, nullable=False),
    sa.Column("notify", sa.Boolean, nullable=False),
    sa.Column("created_by", JSON, nullable=False),
    sa.Column("answer", JSON),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("received_at", AT, nullable=False),
    sa.Column("accepted_at", AT),
    sa.Column("ready_at", AT),
    sa.Column("closes_at", AT),
    sa.Column("closed_at", AT),
    sa.Column("updated_at", AT, nullable=False),
    sa.Column("waiting", JSON),
    # Who must agree to what it costs, and what they said.
    sa.Column("approval", JSON),
    # Who may still decide; empty when there is nothing to decide.
    sa.Column("approver_ids", ARRAY(sa.Uuid), nullable=False),
    sa.Column("remind_at", AT),
    sa.Column("attention", sa.Text),
    sa.Column("signals", JSON, nullable=False),
    # By clock, the moment up to which its deadlines ask for nothing any more.
    sa.Column("settled", JSON, nullable=False),
    # Dispatch's work orders by id, a mirror.
    sa.Column("orders", JSON, nullable=False),
    # Every promise that was made, oldest first; the table of promises is made from it.
    sa.Column("pledges", JSON, nullable=False),
    # The next of them, while it counts: until when, and of what kind.
    sa.Column("next_until", AT),
    sa.Column("next_what", sa.Text),
    sa.Column("reassignment_count", sa.Integer, nullable=False),
    sa.Column("reopen_count", sa.Integer, nullable=False),
    sa.Column("corrections", sa.Integer, nullable=False, server_default="0"),
    sa.Column("charges", sa.Integer, nullable=False, server_default="0"),
    sa.Column("announced", sa.Boolean, nullable=False),
    # The one that this goes along with, and how many ever went along with this.
    sa.Column("follows", sa.Uuid),
    sa.Column("followers", sa.Integer, nullable=False),
    # What a complaint is about, and how far it is; and the provider that it is about.
    sa.Column("complaint", JSON),
    sa.Column("complained_provider_id", sa.Uuid),
    # The theme under which a wish is collected.
    sa.Column("theme_id", sa.Uuid),
    # The major incident under which it is gathered.
    sa.Column("incident_id", sa.Uuid),
    # How often it was linked with another; and since when its work is done while a child holds it up.
    sa.Column("linked", sa.Integer, nullable=False, server_default="0"),
    sa.Column("held", JSON),
    # What it is about at that place; how many it touches and how badly; why it counts as danger.
    sa.Column("object", sa.Text),
    # The object of the register that it is about, as it was known then.
    sa.Column("asset_id", sa.Uuid),
    sa.Column("asset", JSON),
    # Of a confidential one: its words, apart from where lists and searches look, and who reads them.
    sa.Column("sealed", JSON),
    sa.Column("readers", JSON),
    sa.Column("impact", sa.Text),
    sa.Column("urgency", sa.Text),
    sa.Column("danger", sa.Text),
    sa.Column("external_source", sa.Text),
    sa.Column("external_key", sa.Text),
    sa.Column("imported", JSON),
    sa.Column("stops", JSON),  # of a round; see domain/rounds.py
    sa.Column("named_provider", sa.Text),
    # Of what keeps coming back outside the catalogue, the repeat that it was sorted into.
    sa.Column("repeat_id", sa.Uuid),
    # Whether it met its deadline, as the system says that it was brought in from.
    sa.Column("in_time", sa.Boolean, sa.Computed(IN_TIME, persisted=True)),
    # Whether a plan made it; see domain/plans.py.
    sa.Column("planned", sa.Boolean, sa.Computed(PLANNED, persisted=True)),
)
_OPEN = sa.text("state <> 'closed'")
_r = requests.c
# What figures count is included, so that they read the index and no row.
sa.Index(
    "requests_received",
    _r.received_at,
    _r.request_id,
    postgresql_include=["kind", "standard", "product_id", "external_source", "planned"],
)
sa.Index(
    "requests_board", _r.received_at, _r.request_id, postgresql_where=_OPEN, postgresql_include=["state"]
)
sa.Index(
    "requests_closed",
    _r.closed_at,
    postgresql_where=sa.text("closed_at IS NOT NULL"),
    postgresql_include=["kind", "resolution", "reopen_count", "reassignment_count", "external_source"],
)
sa.Index(
    "requests_handed_over",
    _r.reassignment_count,
    _r.in_time,
    postgresql_where=sa.text("external_key IS NOT NULL"),
)
sa.Index("requests_promised", _r.promised_at, _r.request_id, postgresql_where=_OPEN)
sa.Index("requests_requester", _r.requester_id, _r.received_at, _r.request_id)
sa.Index(
    "requests_requested_for",
    _r.requested_for_id,
    _r.received_at,
    postgresql_where=sa.text("requested_for_id IS NOT NULL"),
)
sa.Index(
    "requests_customer",
    _r.customer_id,
    _r.received_at,
    _r.request_id,
    postgresql_where=sa.text("customer_id IS NOT NULL"),
)
sa.Index(
    "requests_ordered",
    _r.product_id,
    _r.wanted_from,
    postgresql_where=sa.text("wanted_from IS NOT NULL"),
)
sa.Index("requests_cancelled_late", _r.closed_at, postgresql_where=sa.text("cancelled_late IS NOT NULL"))
sa.Index("requests_location", _r.location_id, _r.received_at)
sa.Index("requests_product", _r.product_id, _r.received_at)
sa.Index("requests_asset", _r.asset_id, _r.received_at, postgresql_where=sa.text("asset_id IS NOT NULL"))
sa.Index("requests_sealed", _r.request_id, postgresql_where=sa.text("sealed IS NOT NULL"))
sa.Index(
    "requests_attention", _r.received_at, _r.request_id, postgresql_where=sa.text("attention IS NOT NULL")
)
sa.Index(
    "requests_complained",
    _r.complained_provider_id,
    _r.received_at,
    postgresql_where=sa.text("complained_provider_id IS NOT NULL"),
)
sa.Index("requests_theme", _r.theme_id, _r.received_at, postgresql_where=sa.text("theme_id IS NOT NULL"))
sa.Index("requests_incident", _r.incident_id, postgresql_where=sa.text("incident_id IS NOT NULL"))
sa.Index(
    "requests_danger",
    _r.received_at,
    _r.request_id,
    postgresql_where=sa.text("danger IS NOT NULL AND state <> 'closed'"),
)
sa.Index("requests_waiting", _r.received_at, _r.request_id, postgresql_where=sa.text("waiting IS NOT NULL"))
sa.Index(
    "requests_approvers",
    _r.approver_ids,
    postgresql_using="gin",
    postgresql_where=sa.text("cardinality(approver_ids) > 0"),
)
sa.Index("requests_remind", _r.remind_at, postgresql_where=sa.text("remind_at IS NOT NULL"))
sa.Index("requests_next", _r.next_until, postgresql_where=sa.text("next_until IS NOT NULL"))
sa.Index("requests_follows", _r.follows, postgresql_where=sa.text("follows IS NOT NULL"))
sa.Index("requests_silent", _r.closes_at, postgresql_where=sa.text("state = 'ready'"))
sa.Index("requests_words", sa.text(f"({REQUEST_WORDS})"), postgresql_using="gin", _table=requests)
sa.Index(
    "requests_external",
    _r.external_key,
    _r.external_source,
    unique=True,
    postgresql_where=sa.text("external_key IS NOT NULL"),
)

# Not standard, looked at by the desk, and in no repeat yet. A query with these very words uses the index.
UNSORTED = sa.text(
    "repeat_id IS NULL AND NOT standard AND external_source IS NULL"
    " AND kind IN ('order', 'fault', 'information') AND state NOT IN ('received', 'triage')"
    " AND resolution IS DISTINCT FROM 'withdrawn'"
)
sa.Index("requests_unsorted", _r.number, postgresql_where=UNSORTED)
sa.Index(
    "requests_repeat",
    _r.repeat_id,
    _r.received_at,
    _r.request_id,
    postgresql_where=sa.text("repeat_id IS NOT NULL"),
)

request_links = sa.Table(
    "request_links",
    METADATA,
    sa.Column("from_id", sa.Uuid, sa.ForeignKey("requests.request_id"), primary_key=True),
    sa.Column("to_id", sa.Uuid, sa.ForeignKey("requests.request_id"), primary_key=True),
    sa.Column("kind", sa.Text, primary_key=True),
    # Of a child: whether it blocks its parent, or is completed with it.
    sa.Column("rule", sa.Text),
    sa.Column("at", AT, nullable=False),
    sa.Column("by", JSON, nullable=False),
)
sa.Index("request_links_to", request_links.c.to_id)

choices = sa.Table(
    "choices",
    METADATA,
    sa.Column("choice_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), nullable=False),
    sa.Column("at", AT, nullable=False),
    # Models learn from the desk alone: whoever may report must not be able to teach them nonsense.
    sa.Column("by_desk", sa.Boolean, nullable=False),
    sa.Column("kind", sa.Text),
    sa.Column("product_id", sa.Uuid),
    sa.Column("location_id", sa.Uuid),
    # What was on the screen beside it, the likeliest first; empty when nothing was.
    sa.Column("proposed", JSON),
)
sa.Index("choices_at", choices.c.at)
sa.Index("choices_request", choices.c.request_id)

timeline = sa.Table(
    "timeline",
    METADATA,
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), primary_key=True),
    sa.Column("entry_id", sa.BigInteger, sa.Identity(), primary_key=True),
    sa.Column("at", AT, nullable=False),
    sa.Column("type", sa.Text, nullable=False),
    sa.Column("by", JSON, nullable=False),
    # For whoever may see the line.
    sa.Column("data", JSON, nullable=False),
    # For whoever may read everything.
    sa.Column("internal", JSON),
    sa.Column("public", sa.Boolean, nullable=False),
    # Orders facts of one source at the same moment.
    sa.Column("position", sa.Integer, nullable=False),
)

promises = sa.Table(
    "promises",
    METADATA,
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("made_at", AT, nullable=False),
    # Empty: it came with the receipt, or another rule of the house.
    sa.Column("made_by", sa.Text),
    sa.Column("until", AT, nullable=False),
    sa.Column("text", sa.Text),
    # Who carries out what it is about; empty: the desk itself.
    sa.Column("team", sa.Text),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("ended_at", AT),
    sa.Column("answered_at", AT),
)
sa.Index("promises_made", promises.c.made_at)
sa.Index(
    "promises_until",
    promises.c.until,
    promises.c.request_id,
    promises.c.number,
    postgresql_include=["what", "state", "team"],
)

attachments = sa.Table(
    "attachments",
    METADATA,
    sa.Column("attachment_id", sa.Uuid, primary_key=True),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), nullable=False),
    sa.Column("at", AT, nullable=False),
    # The sha256 of the bytes, under which the gateway keeps them. The same file may be in several dossiers.
    sa.Column("digest", sa.Text, nullable=False),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("media_type", sa.Text, nullable=False),
    sa.Column("size", sa.Integer, nullable=False),
    sa.Column("scanned", sa.Boolean, nullable=False),
    # Whether its requester may see it, or only those who may read everything.
    sa.Column("public", sa.Boolean, nullable=False),
)
sa.Index("attachments_request", attachments.c.request_id)
sa.Index("attachments_digest", attachments.c.digest)
