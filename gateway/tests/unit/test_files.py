"""Bringing files over the API, and getting them back."""

from __future__ import annotations

import io
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from gateway.clients import Caller, Services
from gateway.files import taking
from gateway.house import House
from gateway.testing import FakeTransport
from servicekit.actor import service_actor
from servicekit.errors import NotFound, Unavailable
from werkzeug.datastructures import FileStorage
from werkzeug.test import Client, TestResponse, encode_multipart

from .files import samples

SignIn = Callable[..., dict[str, str]]
REQUEST = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
ADDRESS = f"/v1/requests/{REQUEST}/attachments/01926f00-1000-7a01-8e44-8f9a0b1c2d02"


def bring(client: Client, headers: dict[str, str], *files: tuple[bytes, str]) -> TestResponse:
    parts = {"file": [FileStorage(io.BytesIO(body), name) for body, name in files]}
    boundary, body = encode_multipart(parts)
    return client.post(
        "/v1/files", data=body, headers=headers, content_type=f"multipart/form-data; boundary={boundary}"
    )


def left_behind(house: House) -> list[Path]:
    return list((Path(house.settings.files_folder) / "incoming").iterdir())


def test_each_gets_a_receipt_and_a_harmless_name(client: Client, signed_in: SignIn, house: House) -> None:
    given = [(samples.jpeg(), "../../radiator.png"), (samples.SVG, "drawing.svg")]
    answer = bring(client, signed_in("requester"), *given)
    assert answer.status_code == 201
    photo, text = answer.json["items"]
    assert (photo["name"], photo["mediaType"], photo["scanned"]) == ("radiator.png.jpg", "image/jpeg", False)
    assert (text["name"], text["mediaType"], text["size"]) == (
        "drawing.svg.txt",
        "text/plain",
        len(samples.SVG),
    )
    assert left_behind(house) == []


def test_a_receipt_goes_along_with_what_is_said(
    client: Client, signed_in: SignIn, transport: FakeTransport, summary: dict[str, Any]
) -> None:
    transport.answers["intake.reply_to_desk"] = summary
    receipt = bring(client, signed_in("requester"), (b"text", "a.txt")).json["items"][0]["receipt"]
    said = {"text": "Zie de foto", "attachments": [receipt]}
    answer = client.post(f"/v1/requests/{REQUEST}/replies", json=said, headers=signed_in("requester"))
    assert answer.status_code == 200
    assert transport.asked("intake.reply_to_desk") == {"request_id": REQUEST, **said}


@pytest.mark.parametrize(
    ("body", "name", "code"),
    [
        (b"", "empty.txt", "file_empty"),
        (samples.ZIP, "tools.docx", "file_kind"),
        (samples.MACROS, "letter.docx", "file_kind"),
        (samples.BOMB, "small.docx", "file_swells"),
        (samples.jpeg()[:100], "half.jpg", "file_broken"),
        (samples.png_that_says(30_000, 30_000), "city.png", "picture_too_large"),
        (b"x" * (10 * 1024 * 1024 + 1), "book.txt", "file_too_large"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_not_taken_says_which_and_what_to_do(
    body: bytes, name: str, code: str, client: Client, signed_in: SignIn, house: House
) -> None:
    answer = bring(client, signed_in("requester"), (b"fine", "fine.txt"), (body, name))
    assert answer.status_code == 422
    assert answer.json["code"] == code
    assert name in answer.json["errors"]["attachments"][0]
    assert left_behind(house) == []


def test_no_more_at_once_than_anybody_reads(client: Client, signed_in: SignIn) -> None:
    many = [(b"x", f"{number}.txt") for number in range(taking.MOST_AT_ONCE + 1)]
    assert bring(client, signed_in("requester"), *many).json["code"] == "too_many_files"


def test_what_the_scanner_finds_is_not_taken(
    client: Client, signed_in: SignIn, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(house.files, "_scan", lambda path: b"harm" not in path.read_bytes())
    assert bring(client, signed_in("requester"), (b"harm", "a.txt")).json["code"] == "file_infected"
    assert bring(client, signed_in("requester"), (b"fine", "a.txt")).json["items"][0]["scanned"] is True


def test_while_the_scanner_is_away_nothing_is_taken(
    client: Client, signed_in: SignIn, house: House, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(_: Path) -> bool:
        raise Unavailable("scanner_away", "Later.")

    monkeypatch.setattr(house.files, "_scan", away)
    assert bring(client, signed_in("requester"), (b"fine", "a.txt")).status_code == 503


@pytest.mark.parametrize(
    ("body", "content_type", "status"),
    [
        (b"{}", "application/json", 415),
        (b"--x--", "multipart/form-data; boundary=x", 422),
        (b"", "multipart/form-data; boundary=x", 422),
        (b"no parts", "multipart/form-data; boundary=x", 400),
        (b"--x\r\nbroken", "multipart/form-data; boundary=x", 400),
    ],
)
def test_what_is_no_form_with_files_is_refused(
    body: bytes, content_type: str, status: int, client: Client, signed_in: SignIn
) -> None:
    answer = client.post("/v1/files", data=body, headers=signed_in("requester"), content_type=content_type)
    assert answer.status_code == status


def test_more_than_anybody_sends_is_not_even_read(client: Client, signed_in: SignIn) -> None:
    answer = client.post(
        "/v1/files",
        data=b"--x--",
        headers=signed_in("requester"),
        content_type="multipart/form-data; boundary=x",
        environ_overrides={"CONTENT_LENGTH": str(200 * 1024 * 1024)},
    )
    assert answer.status_code == 413


def test_it_comes_back_as_something_to_save(
    client: Client, signed_in: SignIn, transport: FakeTransport, house: House
) -> None:
    receipt = bring(client, signed_in("requester"), (samples.HTML, "k\u00e1chel.html")).json["items"][0][
        "receipt"
    ]
    file = house.files.receipts.read(receipt, "01926f00-2000-7a01-8e44-8f9a0b1c2d01")
    transport.answers["intake.get_attachment"] = {
        "digest": file.digest, "name": file.name, "media_type": file.media_type, "size": file.size,
    }  # fmt: skip
    answer = client.get(ADDRESS, headers=signed_in("requester"))
    assert (answer.status_code, answer.data) == (200, samples.HTML)
    answer.close()
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="k_chel.html.txt"')
    assert answer.headers["Content-Type"].startswith("text/plain")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; sandbox"]
    assert answer.headers["Content-Length"] == str(len(samples.HTML))
    assert answer.headers["Cache-Control"] == "no-store"


def test_one_that_is_not_yours_is_not_there(
    client: Client, signed_in: SignIn, transport: FakeTransport
) -> None:
    transport.answers["intake.get_attachment"] = NotFound("no_such_attachment")
    assert client.get(ADDRESS, headers=signed_in("requester")).status_code == 404


def test_bytes_that_were_lost_are_said_to_be(
    client: Client, signed_in: SignIn, transport: FakeTransport
) -> None:
    lost = {"digest": "0" * 64, "name": "a.txt", "media_type": "text/plain", "size": 1}
    transport.answers["intake.get_attachment"] = lost
    answer = client.get(ADDRESS, headers=signed_in("requester"))
    assert (answer.status_code, answer.json["code"]) == (404, "file_gone")


def test_a_suppliers_receipts_are_for_all_of_that_supplier(
    client: Client, signed_in: SignIn, house: House
) -> None:
    headers = signed_in("supplier", provider_id="p-1")
    receipt = bring(client, headers, (samples.jpeg(), "a.jpg")).json["items"][0]["receipt"]
    assert house.files.receipts.read(receipt, "provider:p-1").name == "a.jpg"


def test_a_file_of_an_order_comes_back_as_something_to_save(
    client: Client, signed_in: SignIn, transport: FakeTransport, house: House
) -> None:
    headers = signed_in("team", provider_id="p-1")
    receipt = bring(client, headers, (b"hours;1", "uren.csv")).json["items"][0]["receipt"]
    file = house.files.receipts.read(receipt, "01926f00-2000-7a01-8e44-8f9a0b1c2d01")
    transport.answers["dispatch.get_order_file"] = {
        "digest": file.digest, "name": file.name, "media_type": file.media_type, "size": file.size,
    }  # fmt: skip
    answer = client.get(f"/v1/work-orders/{REQUEST}/files/{REQUEST}", headers=headers)
    assert (answer.status_code, answer.data) == (200, b"hours;1")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    answer.close()


def test_a_file_stays_while_anything_refers_to_it(transport: FakeTransport) -> None:
    services = Services(Caller(transport, service_actor("gateway"), "c"))
    transport.answers["intake.list_known_files"] = {"digests": ["a"]}
    transport.answers["dispatch.list_known_files"] = {"digests": ["b"]}
    assert services.known_files(["a", "b", "c"]) == {"a", "b"}
    transport.answers["dispatch.list_known_files"] = Unavailable("service_away", "x")
    with pytest.raises(Unavailable):
        services.known_files(["a"])
