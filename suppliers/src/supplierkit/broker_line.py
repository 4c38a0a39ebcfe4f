"""Orders over the desk's broker, and words back over it."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote, urlsplit

from supplierkit.answering import Answering
from supplierkit.desk import DeskClient
from supplierkit.listener import Listener


class BrokerLine:
    record: str | Path | None = None

    def __init__(self, amqp_url: str) -> None:
        """`amqp_url` is what the desk gave you; its user is your name there. Raises ValueError."""
        self._amqp_url = amqp_url
        self.user = unquote(urlsplit(amqp_url).username or "")
        if not self.user:
            raise ValueError("the address needs your user name: amqps://supplier_you:secret@host/suppliers")

    def desk(self, timeout: float, keep_trying: float) -> DeskClient:
        return DeskClient(self._amqp_url, self.user, timeout, keep_trying)

    def listener(self, answering: Answering, workers: int) -> Listener:
        return Listener(self._amqp_url, self.user, answering, workers)
