"""The counter: what goes out and comes back, what waits there, and who is in the building."""

from __future__ import annotations

from servicekit.errors import Conflict
from werkzeug.wrappers import Response

from gateway import stickers
from gateway.api.call import Answer, Call, created
from gateway.api.operation import Resources
from gateway.api.schemas import counter as shapes
from gateway.api.schemas.assets import WhichPicture
from gateway.clients import Json
from gateway.files import sending

resources = Resources()
KEEP, OWN = "ledger.keep", "ledger.own"
ITEMS, ENTRIES = "/v1/counter/items", "/v1/counter/entries"
ITEM, ENTRY = f"{ITEMS}/<uuid:item_id>", f"{ENTRIES}/<uuid:entry_id>"


@resources.route("GET", "/v1/counter", permission=KEEP, answer=shapes.CounterView)
def get_counter(call: Call) -> Json:
    """How much is out, overdue, lost, waits to be collected; who is in the building or expected."""
    return call.services.intake.get_counter()


@resources.route("GET", ITEMS, permission=KEEP, query=shapes.ItemFilter, answer=shapes.ItemPage, paged=True)
def list_counter_items(call: Call) -> Json:
    """Keys, badges and loans, by number, with where each is."""
    return call.services.intake.list_counter_items(**call.query)


@resources.route("GET", f"{ITEMS}/numbered/<number>", permission=KEEP, answer=shapes.ItemView)
def find_counter_item(call: Call, number: str) -> Json:
    """The one with this number on its tag, in any spelling: what a scanner types."""
    return call.services.intake.find_counter_item(number)


@resources.route("GET", "/v1/counter/tags/<number>", permission="ledger.scan", answer=shapes.Tag)
def find_counter_tag(call: Call, number: str) -> Json:
    """Whether a code that was scanned is of something of the counter: then bring it there. Who keeps the
    ledger reads the rest at `/v1/counter/items/numbered/{number}`.
    """
    return call.services.intake.find_counter_tag(number)


@resources.route(
    "GET", f"{ITEM}/qr", permission=KEEP, query=WhichPicture, sends_file=True, file_type="image/*",
    refuses=(409,),
)  # fmt: skip
def get_counter_item_qr(call: Call, item_id: str) -> Response:
    """The QR code for its tag, as SVG or PNG. Whoever scans it reads where to bring it; at the counter it
    opens its page.
    """
    public_url = call.house.settings.public_url
    if not public_url:
        raise Conflict("no_public_url", "Say with PUBLIC_URL where people reach the site.")
    number = call.services.intake.get_counter_item(item_id)["number"]
    kind = call.query.get("format") or "svg"
    drawn = stickers.picture(stickers.address(public_url, number), kind)
    return Response(drawn, content_type=stickers.FORMATS[kind])


@resources.route(
    "POST", ITEMS, permission=KEEP, body=shapes.NewItem, answer=shapes.ItemView, status=201, idempotent=True
)
def add_counter_item(call: Call) -> Answer:
    """Add a key, a badge or something to lend. Its number stays."""
    made = call.services.intake.add_counter_item(**call.body)
    return created(made, f"{ITEMS}/{made['item_id']}")


@resources.route("GET", ITEM, permission=KEEP, answer=shapes.ItemView)
def get_counter_item(call: Call, item_id: str) -> Json:
    """One of them; what happened to it are the entries with its `itemId`."""
    return call.services.intake.get_counter_item(item_id)


@resources.route(
    "PUT", ITEM, permission=KEEP, body=shapes.ChangedItem, answer=shapes.ItemView, versioned=True
)
def change_counter_item(call: Call, item_id: str) -> Json:
    """Say anew what it is and where it hangs, or withdraw it; what is out can't be withdrawn (409)."""
    return call.services.intake.change_counter_item(item_id, call.version, **call.body)


@resources.route(
    "POST", f"{ITEM}/hand-out", permission=KEEP, body=shapes.HandOut, answer=shapes.EntryView, versioned=True,
    idempotent=True,
)  # fmt: skip
def hand_out_item(call: Call, item_id: str) -> Json:
    """Hand it to somebody, who signs. Of two who hand out the same one succeeds; the other gets 412."""
    return call.services.intake.hand_out_item(item_id, call.version, **call.body)


@resources.route(
    "GET", ENTRIES, permission=KEEP, query=shapes.EntryFilter, answer=shapes.EntryPage, paged=True
)
def list_counter_entries(call: Call) -> Json:
    """The ledger. A list of what is open has the oldest first; any other the newest."""
    return call.services.intake.list_counter_entries(**call.query)


@resources.route("GET", ENTRY, permission=KEEP, answer=shapes.EntryView)
def get_counter_entry(call: Call, entry_id: str) -> Json:
    """One entry with its lines: who did what, and when."""
    return call.services.intake.get_counter_entry(entry_id)


@resources.route(
    "POST", f"{ENTRY}/acts", permission=KEEP, body=shapes.Act, answer=shapes.EntryView, versioned=True,
    idempotent=True,
)  # fmt: skip
def act_on_counter_entry(call: Call, entry_id: str) -> Json:
    """Take it back, hand it over, sign somebody in or out: one of the entry's `actions`."""
    return call.services.intake.act_on_counter_entry(entry_id, call.version, **call.body)


@resources.route(
    "POST", f"{ENTRY}/fault", permission=KEEP, answer=shapes.EntryView, versioned=True, idempotent=True
)
def report_counter_loss(call: Call, entry_id: str) -> Json:
    """Make a fault of what is lost, once: `requestId` of the answer."""
    return call.services.intake.report_counter_loss(entry_id, call.version)


@resources.route("GET", f"{ENTRY}/signature", permission=KEEP, query=shapes.WhichLine, sends_file=True)
def get_counter_signature(call: Call, entry_id: str) -> Response:
    """The drawn signature of a line, to be saved."""
    found = call.services.intake.get_counter_signature(entry_id, call.query["line"])
    return sending.response(call.house.files.store, found)


@resources.route(
    "GET", "/v1/counter/people", permission=KEEP, query=shapes.CounterPeopleFilter, answer=shapes.PeopleFound
)
def find_counter_people(call: Call) -> Json:
    """Whom somebody means at the counter: name and department, no more."""
    return call.services.intake.find_counter_people(call.query["q"])


@resources.route(
    "POST", "/v1/counter/parcels", permission=KEEP, body=shapes.Parcel, answer=shapes.EntryView, status=201,
    idempotent=True,
)  # fmt: skip
def receive_parcel(call: Call) -> Answer:
    """Take in a parcel. Its addressee is mailed at once, and reminded after three working days."""
    return _entered(call.services.intake.receive_parcel(**call.body))


@resources.route(
    "POST", "/v1/counter/found", permission=KEEP, body=shapes.Found, answer=shapes.EntryView, status=201,
    idempotent=True,
)  # fmt: skip
def keep_found(call: Call) -> Answer:
    """Take in something that was found. It is kept for three months."""
    return _entered(call.services.intake.keep_found(**call.body))


@resources.route(
    "POST", "/v1/counter/visitors", permission=KEEP, body=shapes.NewVisitor, answer=shapes.EntryView,
    status=201, idempotent=True,
)  # fmt: skip
def enter_visitor(call: Call) -> Answer:
    """Sign a visitor in, or announce one. Names of visitors are removed 30 days after they left."""
    intake = call.services.intake
    enter = intake.announce_visitor if call.body.get("expected_at") else intake.welcome_visitor
    return _entered(enter(**call.body))


@resources.route(
    "GET", "/v1/counter/own", permission=OWN, query=shapes.OwnFilter, answer=shapes.OwnPage, paged=True
)
def list_own_counter_entries(call: Call) -> Json:
    """What one has of the counter, what waits there for one, and one's own visitors."""
    return call.services.intake.list_own_counter_entries(**call.query)


@resources.route(
    "POST", "/v1/counter/own/visitors", permission=OWN, body=shapes.OwnVisitor, answer=shapes.OwnEntry,
    status=201, idempotent=True,
)  # fmt: skip
def announce_own_visitor(call: Call) -> Answer:
    """Announce a visitor of one's own. One is mailed when they are there."""
    made = call.services.intake.announce_own_visitor(**call.body)
    return created(made, "/v1/counter/own")


@resources.route(
    "POST", "/v1/counter/own/visitors/<uuid:entry_id>/cancel", permission=OWN, answer=shapes.OwnEntry,
    versioned=True, idempotent=True,
)  # fmt: skip
def cancel_own_visitor(call: Call, entry_id: str) -> Json:
    """Say that an own visitor does not come, while they have not."""
    return call.services.intake.cancel_own_visitor(entry_id, call.version)


def _entered(made: Json) -> Answer:
    return created(made, f"{ENTRIES}/{made['entry_id']}")
