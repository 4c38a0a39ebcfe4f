"""`./desk import` against a desk that only knows what it was told to answer."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from click.testing import CliRunner, Result
from deskcli import importing
from deskcli.importing import api, sending

MAPPING = {"name": "faults", "target": "requests", "columns": ["nr", "what"], "key": "nr", "title": {}}
Answer = tuple[int, dict[str, Any]]


class Desk:
    """Counts each key once, as the real one does; `script` holds answers that come before that."""

    def __init__(self) -> None:
        self.posts: list[dict[str, Any]] = []
        self.keys: list[str] = []
        self.seen: set[str] = set()
        self.script: list[Answer] = []

    def answer(self, path: str, body: Any, key: str | None) -> Answer:
        if path == "/v1/import-mappings":
            return 200, {"items": [MAPPING]}
        self.keys.append(str(key))
        if self.script:
            return self.script.pop(0)
        self.posts.append(body)
        keys = {row["values"]["nr"] for row in body["rows"]}
        bad = [row for row in body["rows"] if row["values"]["what"] == "bad"]
        refused = [{"line": row["line"], "key": row["values"]["nr"], "reason": "it is bad"} for row in bad]
        new = keys - self.seen - {row["values"]["nr"] for row in bad}
        known = keys & self.seen
        self.seen |= new
        return 200, {"new": len(new), "existing": len(known), "refused": refused}


@pytest.fixture
def desk() -> Iterator[tuple[Desk, str]]:
    desk = Desk()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.respond(None)

        def do_POST(self) -> None:
            self.respond(json.loads(self.rfile.read(int(self.headers["Content-Length"]))))

        def respond(self, body: Any) -> None:
            status, answer = desk.answer(self.path, body, self.headers["Idempotency-Key"])
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
def run(desk: tuple[Desk, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., Result]:
    """run("a,b\\n1,2", "--map", ...) imports a file with that content."""
    monkeypatch.setattr(api, "PAUSES", (0.0, 0.0))

    def call(content: str, *options: str) -> Result:
        file = tmp_path / "file.csv"
        file.write_text(content, encoding="utf-8")
        return CliRunner().invoke(importing.command, [str(file), "--url", desk[1], "--token", "t", *options])

    return call


def test_a_known_file_comes_in_and_a_second_run_adds_nothing(run: Any) -> None:
    content = "nr,what\n1,cold\n2,dark\n1,warm\n"
    first, second = run(content), run(content)
    assert (first.exit_code, first.output.splitlines()[-1]) == (0, "2 new, 0 already there, 0 refused")
    assert (second.exit_code, second.output.splitlines()[-1]) == (0, "0 new, 2 already there, 0 refused")


def test_pieces_never_cut_a_record_in_two(run: Any, desk: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "ROWS_AT_ONCE", 3)
    run("nr,what\n" + "".join(f"{number % 4},x\n" for number in range(8)) + "4,x\n" * 5)
    pieces = [[row["values"]["nr"] for row in post["rows"]] for post in desk[0].posts]
    assert pieces == [["0", "0"], ["1", "1"], ["2", "2"], ["3", "3"], ["4"] * 5]
    assert len(set(desk[0].keys)) == 5


def test_refused_rows_are_printed_in_the_order_of_the_file(run: Any) -> None:
    result = run("nr,what\n1,cold\n2,bad\n3\n4,dark\n")
    assert result.exit_code == 1
    assert result.output.splitlines()[-3:] == [
        "line 3 (2): it is bad",
        "line 4: it has 1 cells, the header has 2",
        "2 new, 0 already there, 2 refused",
    ]


def test_a_row_with_missing_cells_keeps_its_whole_record_out(run: Any, desk: Any) -> None:
    result = run("nr,what\n1,cold\n1\n2,dark\n")
    assert result.output.splitlines()[-1] == "1 new, 0 already there, 1 refused"
    assert desk[0].seen == {"2"}


def test_a_piece_is_sent_again_under_the_same_key_when_a_part_is_away(run: Any, desk: Any) -> None:
    desk[0].script = [(503, {"detail": "intake is away"}), (503, {})]
    assert run("nr,what\n1,cold\n").output.splitlines()[-1] == "1 new, 0 already there, 0 refused"
    assert len(desk[0].keys) == 3
    assert len(set(desk[0].keys)) == 1


def test_a_mapping_of_ones_own_goes_along(run: Any, desk: Any, tmp_path: Path) -> None:
    own = {"target": "requests", "key": "nr", "columns": ["nr", "what"], "fields": {}}
    (tmp_path / "own.json").write_text(json.dumps(own), encoding="utf-8")
    result = run("nr,what,more\n1,cold,x\n", "--map", str(tmp_path / "own.json"))
    assert result.exit_code == 0
    assert desk[0].posts[0]["mapping"] == own


REFUSED = [
    (
        "id,what\n1,2\n",
        (),
        "no mapping fits this header (there are: faults); write one and give it with --map.",
    ),
    ("id,what\n1,2\n", ("--map", "faults"), "the file has no column 'nr', which the mapping faults reads."),
    (
        "nr,what\n1,2\n",
        ("--map", "nope"),
        "'nope' is neither a file nor a mapping that ships with the desk (faults).",
    ),
    ("nr\n1\n", (), "does not begin with a header row"),
]


@pytest.mark.parametrize(("content", "options", "sentence"), REFUSED)
def test_what_can_not_be_done_is_one_sentence(run: Any, content: str, options: Any, sentence: str) -> None:
    result = run(content, *options)
    assert result.exit_code == 1
    assert sentence in result.output
    assert len(result.output.splitlines()) == 1


@pytest.mark.parametrize(
    ("status", "problem", "sentence"),
    [
        (401, {"detail": "expired"}, "the desk does not accept this token for that"),
        (422, {"detail": "Wrong.", "errors": {"mapping.key": ["Name it."]}}, "Wrong. mapping.key: Name it."),
        (500, {"title": "Internal error"}, "Internal error"),
    ],
)
def test_what_the_desk_refuses_is_told(run: Any, desk: Any, status: int, problem: Any, sentence: str) -> None:
    desk[0].script = [(status, problem)]
    result = run("nr,what\n1,cold\n")
    assert result.exit_code == 1
    assert sentence in result.output


def test_a_run_that_ends_halfway_says_how_far_it_came(
    run: Any, desk: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sending, "ROWS_AT_ONCE", 1)
    desk[0].script = [(200, {"new": 1, "existing": 0, "refused": []}), (500, {"title": "Internal error"})]
    result = run("nr,what\n1,cold\n2,dark\n")
    assert "Internal error (1 rows were done; the same command goes on.)" in result.output


def test_a_desk_that_is_not_there_is_one_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(api, "PAUSES", ())
    (tmp_path / "file.csv").write_text("nr,what\n1,2\n", encoding="utf-8")
    options = [str(tmp_path / "file.csv"), "--url", "http://127.0.0.1:9", "--token", "t"]
    result = CliRunner().invoke(importing.command, options)
    assert result.exit_code == 1
    assert "does not answer as the desk would; is ./desk up running?" in result.output
    without = CliRunner().invoke(importing.command, [options[0], "--state", str(tmp_path)])
    assert "Servicedesk is not running here; start it with ./desk up." in without.output
