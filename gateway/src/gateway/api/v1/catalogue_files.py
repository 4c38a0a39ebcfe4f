"""The whole catalogue as a file, and bringing one in."""

from __future__ import annotations

from werkzeug.wrappers import Response

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.catalogue_files import AsWhat, CarryOut, CatalogueFileView, WhichFormat
from gateway.catalogue_files import taking
from gateway.clients import Json

resources = Resources()
ONE = "/v1/catalogue/files/<uuid:file_id>"


@resources.route(
    "GET", "/v1/catalogue/export", permission="catalog.drafts", query=WhichFormat, sends_file=True
)
def export_catalogue(call: Call) -> Response:
    """The newest version of every product and article, to be saved. It can be brought in again, also in an
    empty system; earlier versions and drafts are not in it.

    In tables a text that a spreadsheet would run gets an apostrophe before it, which coming in takes off.
    """
    day = call.house.demo_clock.now().date().isoformat()
    return taking.export(call.services.catalog, call.query.get("format") or "json", day)


@resources.route(
    "POST", "/v1/catalogue/files", permission="catalog.publish", answer=CatalogueFileView, status=201,
    takes_files=True, refuses=(422,),
)  # fmt: skip
def add_catalogue_file(call: Call) -> Json:
    """Upload a file as it was exported. Nothing changes yet: the answer says, line by line, what would."""
    return taking.take(call.files, call.services.catalog)


@resources.route("GET", ONE, permission="catalog.publish", query=AsWhat, answer=CatalogueFileView)
def get_catalogue_file(call: Call, file_id: str) -> Json:
    """What it would change now, in the way that is asked for; once it was carried out, what it did."""
    return call.services.catalog.get_file(file_id, call.query.get("way") or "published")


@resources.route(
    "POST", f"{ONE}/carry-out", permission="catalog.publish", body=CarryOut, answer=CatalogueFileView,
    idempotent=True, refuses=(409, 412),
)  # fmt: skip
def carry_out_catalogue_file(call: Call, file_id: str) -> Json:
    """Do what was looked at, all of it or, when the catalogue changed since, nothing. What is wrong is left
    out."""
    return call.services.catalog.carry_out_file(file_id, **call.body)
