"""Mail that comes in."""

from __future__ import annotations

import base64
import binascii

from servicekit.errors import Invalid

from gateway.api.call import Call
from gateway.api.operation import Resources
from gateway.api.schemas.mails import MOST_BYTES, MailOutcome, NewMail
from gateway.clients import Json
from gateway.mail.apart import read_apart
from gateway.mail.entering import Door

resources = Resources()


@resources.route(
    "POST", "/v1/mails", permission="mails.bring", body=NewMail, answer=MailOutcome,
    max_body=MOST_BYTES + 1024,
)  # fmt: skip
def bring_mail(call: Call) -> Json:
    """Bring a mail that came in. It goes to the dossier that it answers, or becomes a new request.

    The same mail again (by its Message-ID) has its effect once. An automatic answer is never answered.
    """
    try:
        raw = base64.b64decode(call.body["message"], validate=True)
    except (binascii.Error, ValueError) as error:
        text = "Send the mail as it is, in base64."
        raise Invalid("invalid", text, {"message": [text]}) from error
    keys = call.house.settings.link_keys
    door = Door(call.house.transport, call.house.files, keys, call.actor, call.correlation_id,
                call.house.often)  # fmt: skip
    return door.enter(read_apart(raw))
