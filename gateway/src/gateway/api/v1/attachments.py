"""Files: bringing them in, and getting what came with a request."""

from __future__ import annotations

from servicekit.receipts import bearer_of
from werkzeug.wrappers import Response

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.attachments import BroughtFiles
from gateway.clients import Json
from gateway.files import sending
from gateway.files.refusals import FileRefused

resources = Resources()


@resources.route(
    "POST", "/v1/files", permission="files.bring", answer=BroughtFiles, status=201, takes_files=True
)
def bring_files(call: Call) -> Json:
    """Bring files, to attach them to a report, a reply, a note or the completion of an order.

    The answer has a receipt for each, which its bearer may use for a day. What a file is, is found by its
    content; pictures are drawn anew, without what the camera knew.
    """
    taking = call.house.files
    if not call.files:
        raise FileRefused("file_missing")
    bearer = bearer_of(call.actor)
    receipts = taking.take(call.files, bearer)
    files = [taking.receipts.read(receipt, bearer) for receipt in receipts]
    items = [
        {"receipt": receipt, "name": file.name, "media_type": file.media_type, "size": file.size,
         "scanned": file.scanned}
        for receipt, file in zip(receipts, files, strict=True)
    ]  # fmt: skip
    return {"items": items}


@resources.route(
    "GET",
    "/v1/requests/<uuid:request_id>/attachments/<uuid:attachment_id>",
    permission="requests.read",
    sends_file=True,
)
def get_attachment(call: Call, request_id: str, attachment_id: str) -> Response:
    """A file that came with a request, to be saved. Those of internal notes exist for the desk only."""
    found = call.services.intake.get_attachment(request_id, attachment_id)
    return sending.response(call.house.files.store, found)


@resources.route(
    "GET",
    "/v1/work-orders/<uuid:work_order_id>/files/<uuid:file_id>",
    permission="work_orders.read",
    sends_file=True,
)
def get_order_file(call: Call, work_order_id: str, file_id: str) -> Response:
    """A file that came with the completion of an order, to be saved."""
    found = call.services.dispatch.get_order_file(work_order_id, file_id)
    return sending.response(call.house.files.store, found)
