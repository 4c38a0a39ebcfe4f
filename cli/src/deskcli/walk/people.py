"""The people of the story, each with their own session, speaking HTTP as any client would.

They are patient as people are: a part that is away for a moment (503, or nobody listening) is asked
again with the same Idempotency-Key, so that nothing is done twice.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import requests
from servicekit.ids import new_id

from deskcli.walk.failures import StepFailed

PATIENCE_SECONDS = 45.0  # with a part that is away
SOON_SECONDS = 120.0  # what has not come about by then, on a busy machine too, does not
AWAY = {429, 502, 503, 504}
Json = dict[str, Any]


@dataclass
class Person:
    """Somebody with an account. `waited` adds up the seconds that this person had to wait for a part to
    come back.
    """

    address: str
    email: str
    password: str
    session: requests.Session = field(default_factory=requests.Session)
    waited: float = 0.0

    @property
    def name(self) -> str:
        return self.email.partition("@")[0].capitalize()

    def sign_in(self) -> Json:
        answer = self._patiently("POST", "/sessions", json={"email": self.email, "password": self.password})
        self.session.headers["Authorization"] = f"Bearer {answer['token']}"
        return answer

    @property
    def token(self) -> str:
        """That of the session; empty when not signed in."""
        return str(self.session.headers.get("Authorization", "")).removeprefix("Bearer ")

    def get(self, path: str, **query: Any) -> Json:
        return self._call("GET", path, params=query)

    def post(self, path: str, body: Json | None = None, version: int | None = None, key: str = "") -> Json:
        """`version` goes into If-Match; `key` is the Idempotency-Key, a new one unless given."""
        headers = {"Idempotency-Key": key or str(new_id())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self._call("POST", path, json=body or {}, headers=headers)

    def bring(self, *files: tuple[str, bytes]) -> list[str]:
        """Brings files; answers the receipts that go along with what is said."""
        parts = [("file", file) for file in files]
        return [item["receipt"] for item in self._call("POST", "/files", files=parts)["items"]]

    def upload(self, path: str, name: str, body: bytes) -> Json:
        """One file, for what it says."""
        return self._call("POST", path, files=[("file", (name, body))])

    def fetch(self, path: str, **headers: str) -> requests.Response:
        """A file, or whatever is there, as it comes; when a part is away, once it is back."""
        began = time.monotonic()
        while True:
            try:
                answer = self.session.get(f"{self.address}/v1{path}", timeout=15, headers=headers)
                if answer.status_code not in AWAY or time.monotonic() - began > PATIENCE_SECONDS:
                    return answer
            except requests.RequestException as error:
                if time.monotonic() - began > PATIENCE_SECONDS:
                    raise StepFailed(f"GET {path}: {error}") from error
            time.sleep(0.3)
            self.waited += 0.3

    def put(self, path: str, body: Json, version: int) -> Json:
        return self._call("PUT", path, json=body, headers={"If-Match": f'"{version}"'})

    def delete(self, path: str, version: int | None = None) -> Json:
        headers = {} if version is None else {"If-Match": f'"{version}"'}
        return self._call("DELETE", path, headers=headers)

    def refused(self, path: str, body: Json | None = None, **options: Any) -> int:
        """The status with which the desk refuses this; fails when it is accepted."""
        try:
            self.post(path, body, **options)
        except StepFailed as error:
            if error.status is not None:
                return error.status
            raise
        raise StepFailed(f"{self.name} was not refused: POST {path}")

    def _call(self, method: str, path: str, **options: Any) -> Json:
        try:
            return self._patiently(method, path, **options)
        except StepFailed as error:
            if error.status != 401:
                raise
        self.sign_in()
        return self._patiently(method, path, **options)

    def _patiently(self, method: str, path: str, **options: Any) -> Json:
        began = time.monotonic()
        while True:
            failure = self._attempt(method, path, options)
            if not isinstance(failure, StepFailed):
                return failure
            if failure.status not in AWAY and failure.status is not None:
                raise failure
            if time.monotonic() - began > PATIENCE_SECONDS:
                raise failure
            time.sleep(0.3)
            self.waited += 0.3

    def _attempt(self, method: str, path: str, options: Json) -> Json | StepFailed:
        try:
            answer = self.session.request(method, f"{self.address}/v1{path}", timeout=15, **options)
        except requests.RequestException as error:
            return StepFailed(f"{method} {path}: {error}")
        if answer.status_code >= 400:
            return StepFailed(
                f"{method} {path}: {answer.status_code} {answer.text[:500]}", answer.status_code
            )
        return answer.json() if answer.content else {}


def eventually(look: Callable[[], Any], wanted: str, seconds: float = SOON_SECONDS) -> Any:
    """The first answer of `look` that is true, within `seconds`."""
    began = time.monotonic()
    pause = 0.02
    while not (found := look()):
        if time.monotonic() - began > seconds:
            raise StepFailed(f"not within {seconds:g} s: {wanted}")
        time.sleep(pause)
        pause = min(0.3, pause * 1.5)
    return found
