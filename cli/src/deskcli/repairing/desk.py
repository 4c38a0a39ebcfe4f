"""The repair list of a running desk, over its API, as somebody who may repair."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from deskcli.importing.api import Api, ApiError, Json

SERVICES = ("intake", "catalog", "dispatch", "monitoring", "notifications")
DONE = ("replayed", "set_aside")


@dataclass(frozen=True)
class Result:
    """What came of an action. `remaining` are still to be done of what was asked."""

    items: list[Json]
    remaining: int

    @property
    def counts(self) -> Counter[str]:
        return Counter(item["outcome"] for item in self.items)

    @property
    def complete(self) -> bool:
        return not self.remaining and all(item["outcome"] in DONE for item in self.items)


def sign_in(address: str, email: str, password: str) -> Api:
    """Raises ApiError."""
    with Api(address, "none") as nobody:
        try:
            token = nobody.post("/sessions", {"email": email, "password": password})["token"]
        except ApiError as error:
            if error.status == 401:
                raise ApiError(f"the desk does not know {email} by this password.", 401) from error
            raise
    return Api(address, token)


class RepairList:
    def __init__(self, api: Api) -> None:
        self._api = api

    def causes(self, **filters: str | None) -> Json:
        return self._api.get("/failures", **_given(filters))

    def lines(self, service: str, **filters: str | None) -> Iterator[Json]:
        """All pages, newest first."""
        cursor: str | None = None
        while True:
            page = self._api.get(f"/failures/{service}", **_given({**filters, "cursor": cursor}))
            yield from page["items"]
            cursor = page.get("nextCursor")
            if not cursor:
                return

    def of_cause(self, cause: str, service: str | None) -> list[str]:
        """The services where it is open. Raises ApiError when it is nowhere."""
        found = self.causes(state="open")
        names = [row["service"] for row in found["items"] if row["cause"] == cause]
        chosen = [name for name in names if service in (None, name)]
        if not chosen:
            away = f" ({', '.join(found['unavailable'])} did not answer)" if found["unavailable"] else ""
            raise ApiError(f"nothing is open of the cause {cause}{away}.")
        return chosen

    def preview(self, service: str, cause: str) -> Json:
        return self._api.get(f"/failures/{service}/preview", cause=cause)

    def find(self, failure_id: str) -> Json:
        """From whichever service has it. Raises ApiError."""
        for service in SERVICES:
            try:
                return self._api.get(f"/failures/{service}/{failure_id}")
            except ApiError as error:
                if error.status != 404:
                    raise
        raise ApiError(f"there is no failure {failure_id}.", 404)

    def act_on_some(self, action: str, failure_ids: Sequence[str], **more: str) -> Result:
        by_service: dict[str, list[str]] = defaultdict(list)
        for failure_id in failure_ids:
            by_service[self.find(failure_id)["service"]].append(failure_id)
        items: list[Json] = []
        for service, ids in by_service.items():
            items += self._act(service, action, {"failureIds": ids, **more})["items"]
        return Result(items, 0)

    def act_on_cause(
        self,
        action: str,
        service: str,
        preview: Json,
        cause: str,
        everything: bool,
        say: Callable[[Json], None],
        **more: str,
    ) -> Result:
        """One portion, or with `everything` portion after portion, of what was there at the preview: what
        fails anew meanwhile is not taken up again. `say` hears of each portion.
        """
        which = {"cause": cause, "upTo": preview["upTo"], **more}
        items: list[Json] = []
        while True:
            answer = self._act(service, action, which)
            items += answer["items"]
            say(answer)
            done = any(answer["counts"].get(word) for word in DONE)
            if not (everything and done and answer["remaining"]):
                return Result(items, answer["remaining"])

    def _act(self, service: str, action: str, which: Json) -> Json:
        return self._api.post(f"/failures/{service}/{action}", which)


def _given(filters: dict[str, str | None]) -> dict[str, str]:
    return {name: value for name, value in filters.items() if value}
