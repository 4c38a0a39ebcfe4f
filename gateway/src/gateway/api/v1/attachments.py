"""Files: bringing them in, and getting what came with a request."""

from __future__ import annotations

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
    """Bring files, to attach them to a report, a reply or a note.

    The answer has a receipt for each, which its bearer may use for a day. What a file is, is found by its
    content; pictures are drawn anew, without what the camera knew.
    """
    taking = call.house.files
    if not call.files:
        raise FileRefused("file_missing")
    receipts = taking.take(call.files, call.actor.id)
    files = [taking.receipts.read(receipt, call.actor.id) for receipt in receipts]
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
