"""`./desk repair` against a desk that only knows what it was told to answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qsl, urlsplit

import pytest
from click.testing import CliRunner, Result
from deskcli import repairing
from deskcli.importing import api

CAUSE = "delivery:vonk-val:away"
ONE, TWO = "01936f2a-7d10-7c3e-9a51-5b8f0f6f1c01", "01936f2a-7d10-7c3e-9a51-5b8f0f6f1c02"


def line(failure_id: str, label: str = "SD-26-000123-1") -> dict[str, Any]:
    return {
        "failureId": failure_id, "service": "dispatch", "kind": "delivery", "cause": CAUSE, "state": "open",
        "reason": "The supplier could not be reached.", "subject": {"label": label}, "replayable": True,
        "attempts": 5, "times": 1, "failedAt": "2026-11-23T09:00:00Z", "note": None, "history": [],
    }  # fmt: skip


class Desk:
    """`open` failures of one cause in dispatch, taken `at_once`; those in `again` fail anew right away."""

    def __init__(self) -> None:
        self.open = [ONE, TWO]
        self.at_once, self.again = 500, False
        self.away: list[str] = []
        self.outcome = "replayed"
        self.acts: list[tuple[str, dict[str, Any]]] = []

    def answer(self, path: str, query: dict[str, str], body: Any) -> tuple[int, dict[str, Any]]:
        name = path.removeprefix("/v1")
        if name == "/sessions":
            good = body["password"] == "good"
            return (201, {"token": "t"}) if good else (401, {"detail": "no"})
        if name == "/failures":
            row = {**line(ONE), "count": len(self.open), "lastAt": "2026-11-23T09:00:00Z"}
            items = [row] if self.open else []
            return 200, {"items": items, "total": len(self.open), "unavailable": self.away}
        if name == "/failures/dispatch/preview":
            items = [line(one) for one in self.open[:25]]
            count = {"count": len(self.open), "replayable": len(self.open)}
            return 200, {**count, "upTo": 7, "atOnce": self.at_once, "items": items}
        if name == "/failures/dispatch" or name.startswith("/failures/dispatch/0"):
            one = name.rpartition("/")[2]
            return 200, line(one) if one != "dispatch" else {"items": [line(i) for i in self.open]}
        if body is not None:
            return 200, self.act(name, body)
        return 404, {"detail": "There is no such failure."}

    def act(self, name: str, body: dict[str, Any]) -> dict[str, Any]:
        self.acts.append((name, body))
        taken = body.get("failureIds") or self.open[: self.at_once]
        if self.outcome != "refused":
            self.open = [one for one in self.open if one not in taken]
        detail = "A rule says no." if self.outcome == "refused" else ""
        items = [
            {"failureId": one, "label": one[-2:], "outcome": self.outcome, "detail": detail} for one in taken
        ]
        remaining = 0 if "failureIds" in body else len(self.open)
        return {"items": items, "counts": {self.outcome: len(items)}, "remaining": remaining, "upTo": 7}


@pytest.fixture
def desk() -> Iterator[tuple[Desk, str]]:
    desk = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.respond(None)

        def do_POST(self) -> None:
            self.respond(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def respond(self, body: Any) -> None:
            address = urlsplit(self.path)
            status, answer = desk.answer(address.path, dict(parse_qsl(address.query)), body)
            content = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Length", str(len(content)))
            self.end_headers()
            self.wfile.write(content)

        def log_message(self, *_: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
    yield desk, f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def run(desk: tuple[Desk, str], monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    monkeypatch.setattr(api, "PAUSES", (0.0, 0.0))
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str, password: str = "good", **more: Any) -> Result:
        start = ["--url", desk[1], "--password", password]
        return CliRunner().invoke(repairing.command, [*start, *arguments], **more)

    return call


def test_the_causes_are_listed_with_their_numbers(run: Any) -> None:
    result = run("list")
    assert result.exit_code == 0
    assert "2 open, by cause" in result.output
    assert CAUSE in result.output


def test_a_service_that_is_away_is_named_and_makes_the_status_one(run: Any, desk: Any) -> None:
    desk[0].away = ["monitoring"]
    result = run("list")
    assert (result.exit_code, "monitoring did not answer" in result.output) == (1, True)


def test_the_failures_of_a_cause_are_listed_with_their_ids(run: Any) -> None:
    result = run("list", "--service", "dispatch", "--cause", CAUSE)
    assert ONE in result.output
    assert TWO in result.output


def test_one_is_shown_with_what_a_replay_does(run: Any) -> None:
    result = run("show", ONE)
    assert "the supplier is called again under the same order number" in result.output


def test_an_unknown_one_is_a_sentence_and_status_one(run: Any) -> None:
    result = run("show", "11111111-7d10-7c3e-9a51-5b8f0f6f1c01")
    assert (result.exit_code, "there is no failure" in result.output) == (1, True)


def test_some_are_replayed_by_their_ids(run: Any, desk: Any) -> None:
    result = run("replay", ONE, TWO)
    assert (result.exit_code, result.output.strip()) == (0, "2 replayed.")
    assert desk[0].acts == [("/failures/dispatch/replay", {"failureIds": [ONE, TWO]})]


def test_a_refusal_is_told_and_makes_the_status_one(run: Any, desk: Any) -> None:
    desk[0].outcome = "refused"
    result = run("replay", ONE)
    assert (result.exit_code, "A rule says no." in result.output) == (1, True)


def test_a_cause_is_previewed_and_asked_about_first(run: Any, desk: Any) -> None:
    result = run("replay", "--cause", CAUSE, input="n\n")
    assert "2 open, 2 of which can be done" in result.output
    assert "SD-26-000123-1" in result.output
    assert (result.exit_code, desk[0].acts) == (1, [])


def test_one_portion_of_a_cause_says_what_is_left(run: Any, desk: Any) -> None:
    desk[0].at_once = 1
    result = run("replay", "--cause", CAUSE, "--yes")
    assert (result.exit_code, result.output.splitlines()[-1]) == (
        1,
        "1 replayed; 1 still to do, add --all to go on.",
    )


def test_all_of_a_cause_goes_on_with_the_number_of_the_preview(run: Any, desk: Any) -> None:
    desk[0].at_once = 1
    result = run("replay", "--cause", CAUSE, "--all", "--yes")
    assert (result.exit_code, result.output.splitlines()[-1]) == (0, "2 replayed.")
    assert [act[1] for act in desk[0].acts] == [{"cause": CAUSE, "upTo": 7}] * 2


def test_what_is_only_refused_is_not_tried_for_ever(run: Any, desk: Any) -> None:
    desk[0].outcome = "refused"
    result = run("replay", "--cause", CAUSE, "--all", "--yes")
    assert result.exit_code == 1
    assert len(desk[0].acts) == 1


def test_setting_aside_needs_a_reason_and_sends_it(run: Any, desk: Any) -> None:
    assert run("set-aside", ONE).exit_code == 2
    desk[0].outcome = "set_aside"
    assert run("set-aside", ONE, "--reason", "they moved").exit_code == 0
    assert desk[0].acts == [("/failures/dispatch/set-aside", {"failureIds": [ONE], "reason": "they moved"})]


@pytest.mark.parametrize("arguments", [["replay"], ["replay", ONE, "--cause", CAUSE]])
def test_it_must_be_clear_which(run: Any, arguments: list[str]) -> None:
    result = run(*arguments)
    assert (result.exit_code, "say which" in result.output) == (2, True)


def test_a_cause_of_which_nothing_is_open_says_so(run: Any, desk: Any) -> None:
    result = run("replay", "--cause", "mail:receipt:refused", "--yes")
    assert (result.exit_code, "nothing is open" in result.output) == (1, True)


def test_a_wrong_password_is_a_sentence(run: Any) -> None:
    result = run("list", password="bad")
    assert (result.exit_code, "does not know beheer@meerwal.example" in result.output) == (1, True)
