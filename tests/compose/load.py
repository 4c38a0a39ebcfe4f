"""People who report faults, as fast as they are told, and remember everything that they were answered."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field
from typing import Any, Self
from uuid import UUID

import requests
from deskcli.walk.chapters.fault import PRODUCT, answers_for
from deskcli.walk.stage import Stage
from servicekit.ids import new_id

PATIENCE_SECONDS = 60.0


@dataclass
class Load:
    """Runs while its context is open. A refused attempt is noted, and made again with the same key."""

    url: str
    password: str
    threads: int = 3
    pause: float = 0.1
    reads: bool = True
    accepted: list[UUID] = field(default_factory=list)
    failures: list[str] = field(default_factory=list)  # attempts that were not answered with success
    seconds: float = 0.0
    lost: list[str] = field(default_factory=list)  # given up on, though asked again and again
    milliseconds: list[float] = field(default_factory=list)

    def __enter__(self) -> Self:
        stage = Stage(address=self.url, password=self.password)
        self._token = stage.person("sanne").session.headers["Authorization"]
        product = stage.product(PRODUCT)
        self._body = {
            "kind": "fault", "channel": "site", "text": "Koud.", "productId": product["productId"],
            "answers": answers_for(product), "notify": True,
        }  # fmt: skip
        self._ended = threading.Event()
        self._began = time.monotonic()
        self._workers = [threading.Thread(target=self._report, daemon=True) for _ in range(self.threads)]
        for worker in self._workers:
            worker.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        for worker in self._workers:
            worker.join(PATIENCE_SECONDS + 30)
        self.seconds = time.monotonic() - self._began

    def wait_for(self, count: int, seconds: float = 60.0) -> None:
        """Until so many more have been accepted."""
        wanted, deadline = len(self.accepted) + count, time.monotonic() + seconds
        while len(self.accepted) < wanted:
            assert time.monotonic() < deadline, f"too slow: {self}; {self.failures[-3:]}"
            time.sleep(0.1)

    def __str__(self) -> str:
        times = sorted(self.milliseconds) or [0.0]
        middle, slowest = times[len(times) // 2], times[-1]
        return (
            f"{len(self.accepted)} reported{' and read' if self.reads else ''} in {self.seconds:.0f} s,"
            f" {len(self.failures)} attempts failed, {len(self.lost)} lost;"
            f" an answer took {middle:.0f} ms (middle), {slowest:.0f} ms (slowest)"
        )

    def _report(self) -> None:
        with requests.Session() as session:
            session.headers["Authorization"] = str(self._token)
            while not self._ended.is_set():
                made = self._until_done(session, "POST", "/requests", str(new_id()))
                if made is not None:
                    self.accepted.append(UUID(made["requestId"]))
                if made is not None and self.reads:
                    self._until_done(session, "GET", f"/requests/{made['requestId']}")
                self._ended.wait(self.pause)

    def _until_done(self, session: requests.Session, method: str, path: str, key: str = "") -> Any:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            failure, answer = self._once(session, method, path, key)
            if not failure:
                return answer
            self.failures.append(f"{time.monotonic() - self._began:.1f} s: {method}: {failure}")
            time.sleep(0.3)
        self.lost.append(f"{method} {path}")
        return None

    def _once(self, session: requests.Session, method: str, path: str, key: str) -> tuple[str, Any]:
        began = time.monotonic()
        body = {"json": self._body, "headers": {"Idempotency-Key": key}} if key else {}
        try:
            answer = session.request(method, f"{self.url}/v1{path}", timeout=15, **body)  # type: ignore[arg-type]
        except requests.RequestException as error:
            return repr(error)[:200], None
        self.milliseconds.append((time.monotonic() - began) * 1000)
        return ("", answer.json()) if answer.ok else (f"{answer.status_code} {answer.text[:200]}", None)
