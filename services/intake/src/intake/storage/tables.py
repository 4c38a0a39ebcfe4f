"""Tables. Lists read `requests` alone; what never changes (answers' questions, a product) is kept with its
version.
"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import ARRAY, JSONB, TSVECTOR

METADATA = sa.MetaData()

AT = sa.DateTime(timezone=True)
JSON = JSONB(none_as_null=True)

REQUEST_NUMBERS = sa.Sequence("request_numbers", metadata=METADATA)

# Written in the same way in the index and in the query, or the index is not used.
REQUEST_WORDS = "to_tsvector('dutch'::regconfig, text) || to_tsvector('english'::regconfig, text)"
PLANNED = "coalesce((created_by ->> 'id'::text) ~~ 'plan:%'::text, false)"
IN_TIME = "((imported ->> 'made_sla'::text))::boolean"
PERSON_WORDS = "to_tsvector('simple'::regconfig, name || ' ' || translate(coalesce(email, ''), '@.', '  '))"
SPELLING = "lower(regexp_replace(name, '[^[:alnum:]]+', '', 'g'))"
SPELLING_OF_REST = "lower(regexp_replace(substring(name from '^\\S+\\s+(.+)$'), '[^[:alnum:]]+', '', 'g'))"

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
    postgresql_where=sa.text("state = 'awaiting_approval'"),
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

repeats = sa.Table(
    "repeats",
    METADATA,
    sa.Column("repeat_id", sa.Uuid, primary_key=True),
    # Of what was decided, not of what was sorted in.
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("count", sa.Integer, nullable=False),
    # In how many of its texts each feature occurs, and how the word was written.
    sa.Column("spread", JSON, nullable=False),
    sa.Column("said", JSON, nullable=False),
    sa.Column("first_at", AT, nullable=False),
    sa.Column("last_at", AT, nullable=False),
    sa.Column("decided_at", AT),
    sa.Column("decided_by", JSON),
    sa.Column("reason", sa.Text),
    # The draft that was made of it.
    sa.Column("product_id", sa.Uuid),
)
sa.Index("repeats_last", repeats.c.last_at)
sa.Index("repeats_count", repeats.c.state, repeats.c.count)

priority_matrix = sa.Table(
    "priority_matrix",
    METADATA,
    # One row for each time that it was set; the newest counts.
    sa.Column("version", sa.Integer, primary_key=True),
    # {"person": {"low": "P4", ...}, ...}
    sa.Column("cells", JSON, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("by", JSON, nullable=False),
)

themes = sa.Table(
    "themes",
    METADATA,
    sa.Column("theme_id", sa.Uuid, primary_key=True),
    sa.Column("name", JSON, nullable=False),
    sa.Column("made_at", AT, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    # Why so, per language.
    sa.Column("reason", JSON),
    sa.Column("decided_at", AT),
    sa.Column("decided_by", JSON),
)

incidents = sa.Table(
    "incidents",
    METADATA,
    sa.Column("incident_id", sa.Uuid, primary_key=True),
    sa.Column("title", sa.Text, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("opened_at", AT, nullable=False),
    sa.Column("opened_by", JSON, nullable=False),
    sa.Column("closed_at", AT),
    # What was done with it, the oldest first.
    sa.Column("log", JSON, nullable=False),
)
sa.Index("incidents_opened", incidents.c.opened_at)

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

customers = sa.Table(
    "customers",
    METADATA,
    sa.Column("customer_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    # No customer any more; its requests and people keep its name.
    sa.Column("ended_at", AT),
)

budgets = sa.Table(
    "budgets",
    METADATA,
    sa.Column("budget_id", sa.Uuid, primary_key=True),
    # The organisation's own, a cost centre say.
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("threshold_cents", sa.BigInteger, nullable=False),
    sa.Column("rule", sa.Text, nullable=False),
    # [{"person_id": ..., "stand_in_id": ... | null}], in the order in which they are shown.
    sa.Column("holders", JSON, nullable=False),
    # Whose it is, and from when until when it may be charged; empty: always.
    sa.Column("customer_id", sa.Uuid, sa.ForeignKey("customers.customer_id")),
    sa.Column("valid_from", sa.Date),
    sa.Column("valid_until", sa.Date),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
)

departments = sa.Table(
    "departments",
    METADATA,
    sa.Column("department_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False, unique=True),
    # Who pays for what its people order; none: nobody is asked.
    sa.Column("budget_id", sa.Uuid, sa.ForeignKey("budgets.budget_id")),
    sa.Column("customer_id", sa.Uuid, sa.ForeignKey("customers.customer_id")),
    # The department that it is a part of.
    sa.Column("parent_id", sa.Uuid, sa.ForeignKey("departments.department_id")),
    sa.Column("version", sa.Integer, nullable=False, server_default="1"),
    sa.Column("ended_at", AT),
)
sa.Index("departments_budget", departments.c.budget_id)
sa.Index("departments_customer", departments.c.customer_id)

people = sa.Table(
    "people",
    METADATA,
    sa.Column("person_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("email", sa.Text),
    # As written, the preferred one first.
    sa.Column("phones", JSON, nullable=False),
    sa.Column("language", sa.Text, nullable=False),
    sa.Column("department_id", sa.Uuid, sa.ForeignKey("departments.department_id")),
    sa.Column("customer_id", sa.Uuid, sa.ForeignKey("customers.customer_id")),
    # Where this person usually sits.
    sa.Column("location_key", sa.Text),
    # The organisation's own number of who works there.
    sa.Column("personnel_number", sa.Text),
    # What the desk keeps besides: further numbers, mail addresses and places. An import leaves it alone.
    sa.Column("contacts", JSON, nullable=False, server_default="{}"),
    sa.Column("contacts_version", sa.Integer, nullable=False, server_default="0"),
    # Who turned out to be the same; and, through however many, the one that counts for all of them.
    sa.Column("merged_into", sa.Uuid, sa.ForeignKey("people.person_id")),
    sa.Column("merged_root", sa.Uuid),
    sa.Column(
        "root_id", sa.Uuid, sa.Computed("coalesce(merged_root, person_id)", persisted=True), nullable=False
    ),
    # Counts how often that changed: of two words about it the later counts.
    sa.Column("merge_version", sa.Integer, nullable=False, server_default="0"),
    # Kept, because a page by name may have to look at many people's words.
    sa.Column("words", TSVECTOR, sa.Computed(PERSON_WORDS, persisted=True), nullable=False),
)
sa.Index("people_name", people.c.name, people.c.person_id)
sa.Index("people_customer", people.c.customer_id, people.c.name, people.c.person_id)
sa.Index("people_department", people.c.department_id)
sa.Index("people_words", people.c.words, postgresql_using="gin")
sa.Index("people_root", people.c.root_id)
sa.Index("people_merged", people.c.merged_into, postgresql_where=sa.text("merged_into IS NOT NULL"))
sa.Index("people_personnel_number", sa.func.lower(people.c.personnel_number))

person_phones = sa.Table(
    "person_phones",
    METADATA,
    # Collation C: the order of bytes, so that a prefix is a range of the index.
    sa.Column("digits_reversed", sa.Text(collation="C"), primary_key=True),
    sa.Column("person_id", sa.Uuid, sa.ForeignKey("people.person_id", ondelete="CASCADE"), primary_key=True),
)
sa.Index("person_phones_person", person_phones.c.person_id)

locations = sa.Table(
    "locations",
    METADATA,
    sa.Column("location_id", sa.Uuid, primary_key=True),
    sa.Column("key", sa.Text, nullable=False, unique=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("parent_key", sa.Text, sa.ForeignKey("locations.key")),
    sa.Column("kind", sa.Text),
    # Collation C: what lies in a place follows it, spaces and slashes counted.
    sa.Column("path", sa.Text(collation="C"), nullable=False),
    # As texts may name it: small letters and digits alone, whole and without the first word.
    sa.Column("spelling", sa.Text, sa.Computed(SPELLING, persisted=True), nullable=False),
    sa.Column("spelling_of_rest", sa.Text, sa.Computed(SPELLING_OF_REST, persisted=True)),
)
sa.Index("locations_spelling", locations.c.spelling)
sa.Index("locations_spelling_of_rest", locations.c.spelling_of_rest)
sa.Index("locations_parent", locations.c.parent_key)
sa.Index("locations_path", locations.c.path, locations.c.location_id)

products = sa.Table(
    "products",
    METADATA,
    sa.Column("product_id", sa.Uuid, primary_key=True),
    # The newest; empty while only a withdrawal has come.
    sa.Column("version", sa.Integer),
    sa.Column("published_at", AT),
    sa.Column("withdrawn_at", AT),
)

product_versions = sa.Table(
    "product_versions",
    METADATA,
    sa.Column("product_id", sa.Uuid, primary_key=True),
    sa.Column("version", sa.Integer, primary_key=True),
    sa.Column("content", JSON, nullable=False),
)

articles = sa.Table(
    "articles",
    METADATA,
    sa.Column("article_id", sa.Uuid, primary_key=True),
    # All empty while only a withdrawal has come.
    sa.Column("version", sa.Integer),
    sa.Column("slug", sa.Text),
    sa.Column("title", JSON),
    sa.Column("body", JSON),
    sa.Column("product_ids", JSON),
    # It answers nothing unless a later version was published.
    sa.Column("withdrawn_version", sa.Integer),
)

calendars = sa.Table(
    "calendars",
    METADATA,
    sa.Column("calendar_id", sa.Uuid, primary_key=True),
    sa.Column("name", sa.Text, nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("content", JSON, nullable=False),
    sa.Column("published_at", AT, nullable=False),
)

# What went wrong, of a list that the organisation keeps; empty: that of domain.corrections, to begin with.
correction_causes = sa.Table(
    "correction_causes",
    METADATA,
    sa.Column("key", sa.Text, primary_key=True),
    sa.Column("name", JSON, nullable=False),
    sa.Column("active", sa.Boolean, nullable=False),
    sa.Column("position", sa.Integer, nullable=False),
)

corrections = sa.Table(
    "corrections",
    METADATA,
    sa.Column("correction_id", sa.Uuid, primary_key=True),
    sa.Column("request_id", sa.Uuid, sa.ForeignKey("requests.request_id"), nullable=False),
    sa.Column("reference", sa.Text, nullable=False),
    sa.Column("what", sa.Text, nullable=False),
    sa.Column("effect", sa.Text, nullable=False),
    sa.Column("cause", sa.Text, nullable=False),
    sa.Column("note", sa.Text),
    sa.Column("by", JSON, nullable=False),
    sa.Column("at", AT, nullable=False),
    sa.Column("before", JSON, nullable=False),
    sa.Column("after", JSON, nullable=False),
    sa.Column("round", sa.Integer, nullable=False),
    sa.Column("state", sa.Text, nullable=False),
    sa.Column("work_order_id", sa.Uuid),
    # What it went wrong with, for counting.
    sa.Column("product_id", sa.Uuid),
    sa.Column("provider", JSON),
    # What dispatch said of it.
    sa.Column("answer", JSON),
    sa.Column("batch_id", sa.Uuid),
    sa.Column("undoes", sa.Uuid),
    sa.Column("undone_by", sa.Uuid),
    sa.Column("updated_at", AT, nullable=False),
)
_c = corrections.c
sa.Index("corrections_request", _c.request_id)
sa.Index("corrections_at", _c.at, _c.correction_id)
sa.Index("corrections_open", _c.at, postgresql_where=sa.text("state IN ('begun', 'cancelling', 'failed')"))
