"""A person's program: gives a command under one Idempotency-Key until the answer is clear.

Clear is what says done or no. Unclear, and so repeated: no answer at all, 5xx, 429, and 409 `in_flight` (the
first attempt still runs). Anything else that is not in the API's document is noted as a surprise.
"""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any

import requests
from servicekit.ids import new_id

from deskcli.faults.ledger import Deed, Json, Ledger

PATIENCE_SECONDS = 600.0  # to the end of any play: when the kills are over there must be an answer
READ_PATIENCE_SECONDS = 20.0
ATTEMPT_SECONDS = 8.0
PAUSES = (0.1, 0.2, 0.4, 0.8, 1.0)
AWAY = frozenset({429, 502, 503, 504})


@dataclass
class Client:
    """`stopping` is set when the load ends: from then on no new read is tried again for long."""

    address: str
    email: str
    password: str
    ledger: Ledger
    stopping: threading.Event = field(default_factory=threading.Event)
    session: requests.Session = field(default_factory=requests.Session)

    def command(
        self,
        action: str,
        path: str,
        body: Json | None = None,
        *,
        subject: str = "",
        version: int | None = None,
        marker: str = "",
        about: Json | None = None,
    ) -> Deed:
        """Give a command and note what came of it."""
        key, began, attempts = str(new_id()), time.monotonic(), 0
        headers = {"Idempotency-Key": key}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        status, answer = 0, Json()
        while time.monotonic() - began < PATIENCE_SECONDS:
            status, answer = self._attempt("POST", path, json=body or {}, headers=headers)
            attempts += 1
            if self._is_clear(status, answer, f"POST {path}"):
                break
            time.sleep(PAUSES[min(attempts, len(PAUSES)) - 1])
            status = 0
        found = subject or str(answer.get("requestId", ""))
        deed = Deed(
            action, self.email, key, found, status, marker, answer, about or {}, attempts,
            time.monotonic() - began,
        )  # fmt: skip
        self.ledger.note(deed)
        return deed

    def read(self, path: str, **query: Any) -> Json | None:
        """None when it is not there, or could not be had in time."""
        began, attempts = time.monotonic(), 0
        while True:
            status, answer = self._attempt("GET", path, params=query)
            attempts += 1
            if self._is_clear(status, answer, f"GET {path}"):
                self.ledger.looked(True)
                return answer if status < 400 else None
            if self.stopping.is_set() or time.monotonic() - began > READ_PATIENCE_SECONDS:
                self.ledger.looked(False)
                return None
            time.sleep(PAUSES[min(attempts, len(PAUSES)) - 1])

    def _is_clear(self, status: int, answer: Json, what: str) -> bool:
        if status == 401:
            self._sign_in()
            return False
        if status == 409 and answer.get("code") == "in_flight":
            return False
        if status == 0 or status in AWAY:
            return False
        if status >= 500:
            self.ledger.surprise(f"{what}: {status} {answer.get('correlationId', '')}")
            return False
        return True

    def _sign_in(self) -> None:
        self.session.headers.pop("Authorization", None)
        status, answer = self._attempt(
            "POST", "/sessions", json={"email": self.email, "password": self.password}
        )
        if status in (200, 201):
            self.session.headers["Authorization"] = f"Bearer {answer['token']}"

    def _attempt(self, method: str, path: str, **options: Any) -> tuple[int, Json]:
        """The status and the JSON of one try; 0 without an answer that can be read."""
        try:
            reply = self.session.request(
                method, f"{self.address}/v1{path}", timeout=ATTEMPT_SECONDS, **options
            )
            answer = reply.json() if reply.content else {}
        except (requests.RequestException, ValueError):
            return 0, {}
        return reply.status_code, answer if isinstance(answer, dict) else {}
