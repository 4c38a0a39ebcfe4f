"""The demo's mailbox, which catches every mail that the desk sends."""

from __future__ import annotations

from typing import Any

import requests
from servicekit.errors import Unavailable

TIMEOUT_SECONDS = 3.0


def read_messages(mailbox_url: str) -> dict[str, Any]:
    """{"items": [...]}, newest first as the mailbox gives them. Raises Unavailable."""
    if not mailbox_url:
        raise Unavailable("no_mailbox", "MAILBOX_URL is not set, so there is no mailbox to look into.")
    try:
        response = requests.get(f"{mailbox_url.rstrip('/')}/messages", timeout=TIMEOUT_SECONDS)
        response.raise_for_status()
        found = response.json()
    except requests.RequestException as error:
        raise Unavailable("mailbox_away", "The demo mailbox does not answer.") from error
    return found if isinstance(found, dict) else {"items": found}
