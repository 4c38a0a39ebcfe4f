"""Bringing in requests, products and objects from files of others."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.remembering import once
from gateway.api.schemas.imports import ImportOutcome, MappingList, NewImport
from gateway.clients import Json, Services
from gateway.imports import interpret, load, shipped

resources = Resources()

RECORDS_AT_ONCE = 500
BULK = 8 * 1024 * 1024


@resources.route("GET", "/v1/import-mappings", permission="imports.run", answer=MappingList)
def list_mappings(call: Call) -> Json:
    """The mappings that ship with us; a file is recognised by its columns."""
    return {"items": [mapping.summary() for mapping in shipped().values()]}


@resources.route(
    "POST", "/v1/imports", permission="imports.run", body=NewImport, answer=ImportOutcome, idempotent=True,
    max_body=BULK,
)  # fmt: skip
def import_rows(call: Call) -> Json:
    """Bring in rows. Each record is taken whole or refused with its reason; what is there already stays."""
    return once(call, "imports", lambda: _import(call))


_TAKES: dict[str, Callable[[Services, str, list[Json]], Json]] = {
    "requests": lambda services, name, records: services.intake.import_requests(name, records),
    "products": lambda services, name, records: services.catalog.import_products(name, records),
    "assets": lambda services, _name, records: services.intake.import_assets(records),
}


def _import(call: Call) -> Json:
    mapping = load(call.body["mapping"])
    records, refused = interpret(mapping, call.body["rows"], call.house.settings.zone)
    take = _TAKES[mapping.target]
    outcome: Json = {"new": 0, "existing": 0, "refused": list(refused)}
    for piece in _pieces(records):
        answer = take(call.services, mapping.name, piece)
        outcome["new"] += answer.get("new", answer.get("created", 0))
        outcome["existing"] += answer["existing"]
        outcome["refused"] += answer["refused"]
    return outcome


def _pieces(records: list[Json]) -> Iterator[list[Json]]:
    for start in range(0, len(records), RECORDS_AT_ONCE):
        yield records[start : start + RECORDS_AT_ONCE]
