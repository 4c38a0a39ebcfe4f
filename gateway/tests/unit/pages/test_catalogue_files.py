"""The catalogue as a file, over the API and on the pages of whoever writes it."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from html import unescape
from typing import Any

import pytest
from gateway.catalogue_files import pack
from gateway.testing import FakeTransport
from servicekit.errors import Stale
from werkzeug.test import Client

from .conftest import Browser

FILE_ID = "01926f3a-5c00-7a01-9d3e-3f1c5a7b9f01"
PATH = f"/manage/products/files/{FILE_ID}"
CATALOGUE: dict[str, Any] = {"format": 1, "products": [], "articles": []}
LINE = {"what": "product", "slug": "lamp", "place": 0, "change": "changed", "problems": {}}
DIFFERENCE = {"field": "name.nl", "change": "changed", "before": "Lamp", "after": "=Lamp<b>"}
COUNTS = dict.fromkeys(("new", "changed", "withdrawn", "same", "wrong", "left_out"), 0)
FILE: dict[str, Any] = {
    "file_id": FILE_ID,
    "name": "catalogue.json",
    "at": "2026-11-20T09:00:00Z",
    "by": {"name": "Lars Vos"},
    "way": "published",
    "fingerprint": "abc123",
    "lines": [{**LINE, "differences": [DIFFERENCE]}],
    "problems": [{"sheet": "steps", "row": 3, "column": "key", "text": "Give it a key."}],
    "counts": {**COUNTS, "changed": 1},
    "done_at": None,
}


@pytest.fixture
def known(transport: FakeTransport) -> FakeTransport:
    transport.answers |= {
        "catalog.export_catalogue": CATALOGUE,
        "catalog.add_file": FILE,
        "catalog.get_file": FILE,
        "catalog.carry_out_file": {**FILE, "done_at": "2026-11-20T09:05:00Z"},
    }
    return transport


@pytest.fixture
def author(browser: Callable[..., Browser], known: FakeTransport) -> Browser:
    visitor = browser("product_owner")
    visitor.get("/style")
    return visitor


def upload(visitor: Browser, body: bytes, name: str = "catalogue.json") -> Any:
    return visitor.post("/manage/products/files", {"file": (io.BytesIO(body), name)})  # type: ignore[dict-item]


@pytest.mark.parametrize("wanted", ["json", "xlsx", "csv"])
def test_it_is_saved_and_never_shown(author: Browser, wanted: str) -> None:
    address = f"/manage/products/files/export?format={wanted}"
    answer = author.client.get(address, base_url="https://desk.example")
    assert answer.status_code == 200
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    if wanted == "json":
        assert json.loads(answer.data) == CATALOGUE


def test_another_format_is_not_there(author: Browser) -> None:
    assert author.get("/manage/products/files/export?format=exe").status_code == 404


@pytest.mark.parametrize("wanted", ["json", "xlsx", "csv"])
def test_an_upload_is_looked_at_first(author: Browser, known: FakeTransport, wanted: str) -> None:
    answer = upload(author, pack(CATALOGUE, wanted)[0])
    assert answer.headers["Location"] == PATH
    asked = known.asked("catalog.add_file")
    assert (asked["content"], asked["problems"]) == (CATALOGUE, [])


@pytest.mark.parametrize("body", [b"hello", b"PK\x03\x04broken"])
def test_what_is_no_catalogue_says_so_on_the_same_page(author: Browser, body: bytes) -> None:
    answer = upload(author, body)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_the_preview_says_what_would_change_and_what_could_not_be_read(author: Browser) -> None:
    shown = author.get(PATH).text
    assert "<b>" not in shown.split("=Lamp")[1][:10]
    page = unescape(shown)
    for said in ("lamp", "=Lamp<b>", "Give it a key.", "steps"):
        assert said in page
    assert 'value="abc123"' in page


def test_what_was_looked_at_is_carried_out_in_that_way(author: Browser, known: FakeTransport) -> None:
    answer = author.post(f"{PATH}/carry-out", {"way": "drafts", "looked_at": "abc123"})
    assert answer.headers["Location"] == PATH
    wanted = {"file_id": FILE_ID, "way": "drafts", "looked_at": "abc123"}
    assert known.asked("catalog.carry_out_file") == wanted


def test_when_the_catalogue_changed_it_is_shown_anew(author: Browser, known: FakeTransport) -> None:
    known.answers["catalog.carry_out_file"] = Stale("catalogue_changed", "Look at it again.")
    answer = author.post(f"{PATH}/carry-out", {"way": "published", "looked_at": "old"})
    assert answer.status_code == 412
    assert 'value="abc123"' in answer.text


def test_who_only_reads_the_catalogue_saves_it_and_brings_nothing_in(
    browser: Callable[..., Browser], known: FakeTransport
) -> None:
    page = browser("manager").get("/manage/products/files").text
    assert "export?format=json" in page
    assert 'type="file"' not in page


def test_over_the_api_too(
    client: Client, signed_in: Callable[..., dict[str, str]], known: FakeTransport
) -> None:
    headers = signed_in("product_owner")
    saved = client.get("/v1/catalogue/export?format=xlsx", headers=headers)
    assert saved.data.startswith(b"PK")
    answer = client.post(
        "/v1/catalogue/files", data={"file": (io.BytesIO(saved.data), "c.xlsx")}, headers=headers
    )
    assert (answer.status_code, answer.json["fingerprint"]) == (201, "abc123")
