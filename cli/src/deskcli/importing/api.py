"""The desk's HTTP API for a program with a token: patient, and brief about what is wrong."""

from __future__ import annotations

import time
from typing import Any

import requests
from servicekit.ids import new_id

Json = dict[str, Any]
AWAY = frozenset({429, 502, 503, 504})
PAUSES = (0.2, 0.5, 1.0, 2.0, 4.0, 8.0)
TIMEOUT_SECONDS = (5.0, 60.0)


class ApiError(Exception):
    """What the desk said, or that it said nothing. `status` is None without an answer."""

    def __init__(self, sentence: str, status: int | None = None) -> None:
        super().__init__(sentence)
        self.status = status


class Api:
    """One connection to one desk."""

    def __init__(self, address: str, token: str) -> None:
        self.address = address.rstrip("/")
        self._session = requests.Session()
        self._session.headers["Authorization"] = f"Bearer {token}"

    def __enter__(self) -> Api:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def get(self, path: str, **query: Any) -> Json:
        return self._patiently("GET", path, params=query)

    def post(self, path: str, body: Json, version: int | None = None) -> Json:
        """Asked again with the same Idempotency-Key when the answer was lost, so that it is done once.
        `version` is that of what was read before.
        """
        headers = {"Idempotency-Key": str(new_id())}
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self._patiently("POST", path, json=body, headers=headers)

    def put(self, path: str, body: Json, version: int) -> Json:
        """`version` is that of what was read before. Whose answer was lost may be told that it is stale."""
        return self._patiently("PUT", path, json=body, headers={"If-Match": f'"{version}"'})

    def close(self) -> None:
        self._session.close()

    def delete(self, path: str) -> Json:
        """Of what is gone already, the same."""
        return self._patiently("DELETE", path)

    def _patiently(self, method: str, path: str, **request: Any) -> Json:
        for pause in PAUSES:
            try:
                return self._once(method, path, **request)
            except ApiError as error:
                if error.status is not None and error.status not in AWAY:
                    raise
            time.sleep(pause)
        return self._once(method, path, **request)

    def _once(self, method: str, path: str, **request: Any) -> Json:
        try:
            response = self._session.request(
                method, f"{self.address}/v1{path}", timeout=TIMEOUT_SECONDS, **request
            )
            answer = response.json() if response.content else {}
        except requests.RequestException as error:
            raise ApiError(
                f"{self.address} does not answer as the desk would; is ./desk up running?"
            ) from error
        if response.status_code >= 400:
            raise ApiError(_sentence(answer, response.status_code), response.status_code)
        return answer if isinstance(answer, dict) else {}


def _sentence(problem: Any, status: int) -> str:
    """From problem+json: the detail, and what is wrong per field."""
    if status in (401, 403):
        return "the desk does not accept this token for that; give one of a program that may with --token."
    if not isinstance(problem, dict):
        return f"the desk answered with status {status}."
    errors = problem.get("errors") or {}
    fields = "; ".join(f"{field}: {' '.join(texts)}" for field, texts in errors.items())
    detail = problem.get("detail") or problem.get("title") or f"status {status}"
    return f"{detail} {fields}".strip()
