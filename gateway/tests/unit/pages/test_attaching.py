"""Files in the forms of the pages: what goes along, and what stays when something is not right."""

from __future__ import annotations

import html
import io
import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import pytest
from gateway.house import House
from gateway.testing import FakeTransport
from servicekit.errors import Invalid, NotFound

from ..files import samples  # noqa: TID252 - the same files as their own tests
from .conftest import ACCOUNT_ID, Browser
from .site_samples import PERSON_ID, REQUEST_ID, request

Browsers = Callable[..., Browser]
SANNE = {"person_id": PERSON_ID}
_RECEIPT = re.compile(r'name="attachment" value="([^"]+)"')


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    transport.answers = {
        "intake.get_request": request(),
        "intake.receive_request": request(),
        "intake.reply_to_desk": request(),
        "intake.add_note": request(),
        "intake.list_locations": {"items": []},
        "intake.get_own_person": NotFound("no_such_person"),
        "intake.list_requests": {"items": [], "next_cursor": None},
        "dispatch.list_work_orders": {"items": []},
    }
    return transport


def form(text: str, *files: tuple[bytes, str], **fields: Any) -> dict[str, Any]:
    return {"text": text, "files": [(io.BytesIO(body), name) for body, name in files], **fields}


def names_of(house: House, receipts: list[str], bearer: str = ACCOUNT_ID) -> list[str]:
    return [house.files.receipts.read(receipt, bearer).name for receipt in receipts]


def test_a_report_takes_its_photos_along(services: FakeTransport, browser: Browsers, house: House) -> None:
    visitor = browser("requester", **SANNE)
    shown = visitor.get("/report")
    assert 'enctype="multipart/form-data"' in shown.text
    answer = visitor.post(
        "/report", form("Koud", (samples.jpeg(), "a.jpg"), (b"list", "b.csv"), kind="fault")
    )
    assert answer.status_code == 303
    asked = services.asked("intake.receive_request")
    assert asked["text"] == "Koud"
    assert names_of(house, asked["attachments"]) == ["a.jpg", "b.csv"]


def test_a_form_without_files_says_nothing_of_them(services: FakeTransport, browser: Browsers) -> None:
    visitor = browser("requester", **SANNE)
    visitor.get("/report")
    visitor.post("/report", form("Koud", (b"", "")))
    assert "attachments" not in services.asked("intake.receive_request")


@pytest.mark.parametrize(
    ("who", "path", "target"),
    [
        ("requester", f"/requests/{REQUEST_ID}/reply", "intake.reply_to_desk"),
        ("agent", f"/desk/requests/{REQUEST_ID}/notes", "intake.add_note"),
        ("agent", f"/desk/requests/{REQUEST_ID}/replies", "intake.reply_to_desk"),
    ],
)
def test_words_take_their_files_along(
    who: str, path: str, target: str, services: FakeTransport, browser: Browsers, house: House
) -> None:
    visitor = browser(who, **SANNE)
    visitor.get("/style")
    assert visitor.post(path, form("Zie de foto", (samples.png(), "a.png"))).status_code == 303
    assert names_of(house, services.asked(target)["attachments"]) == ["a.png"]


def test_by_the_link_in_a_mail_too(services: FakeTransport, browser: Browsers, house: House) -> None:
    until = house.demo_clock.now() + timedelta(days=1)
    token = house.follow_links.make(UUID(REQUEST_ID), UUID(PERSON_ID), until)
    visitor = browser()
    assert 'type="file"' in visitor.get(f"/follow/{token}").text
    assert visitor.post(f"/follow/{token}/reply", form("Hier", (b"x", "a.txt"))).status_code == 303
    receipts = services.asked("intake.reply_to_desk")["attachments"]
    assert names_of(house, receipts, f"link-{PERSON_ID}") == ["a.txt"]


@pytest.mark.parametrize(
    ("path", "said"),
    [("/report", "Koud in 3.12"), (f"/requests/{REQUEST_ID}/reply", "Koud in 3.12")],
)
def test_one_bad_file_costs_neither_the_words_nor_the_good_ones(
    path: str, said: str, services: FakeTransport, browser: Browsers, house: House
) -> None:
    visitor = browser("requester", **SANNE)
    visitor.get("/style")
    shown = visitor.post(path, form(said, (b"fine", "fine.txt"), (samples.ZIP, "bad<b>.zip")))
    assert shown.status_code == 422
    assert said in shown.text
    assert "“badb.zip”" in shown.text
    assert "is geen bestand dat we kunnen aannemen" in shown.text
    receipts = [html.unescape(each) for each in _RECEIPT.findall(shown.text)]
    assert names_of(house, receipts) == ["fine.txt"]
    assert receipts[0] not in html.unescape(shown.text.replace(_RECEIPT.search(shown.text)[0], ""))  # type: ignore[index]


def test_what_was_fine_goes_along_the_second_time(
    services: FakeTransport, browser: Browsers, house: House
) -> None:
    services.answers["intake.reply_to_desk"] = Invalid("invalid", "No.", {"text": ["Fill this in."]})
    visitor = browser("requester", **SANNE)
    visitor.get("/style")
    path = f"/requests/{REQUEST_ID}/reply"
    shown = visitor.post(path, form("x", (b"fine", "fine.txt")))
    receipt = html.unescape(_RECEIPT.findall(shown.text)[0])
    services.answers["intake.reply_to_desk"] = request()
    services.calls.clear()
    assert visitor.post(path, form("Now", (b"more", "more.txt"), attachment=receipt)).status_code == 303
    assert names_of(house, services.asked("intake.reply_to_desk")["attachments"]) == ["fine.txt", "more.txt"]


def test_the_receipt_of_another_is_none(services: FakeTransport, browser: Browsers, house: House) -> None:
    from servicekit.receipts import StoredFile

    foreign = house.files.receipts.make(StoredFile("0" * 64, "a.txt", "text/plain", 1, False), "another")
    visitor = browser("requester", **SANNE)
    visitor.get("/style")
    visitor.post(f"/requests/{REQUEST_ID}/reply", form("Hier", attachment=foreign))
    assert "attachments" not in services.asked("intake.reply_to_desk")


def test_a_form_with_files_is_held_against_its_mark_too(services: FakeTransport, browser: Browsers) -> None:
    visitor = browser("requester", **SANNE)
    path = f"/requests/{REQUEST_ID}/reply"
    assert visitor.post(path, form("Hier", (b"x", "a.txt"), csrf="forged")).status_code == 403
    assert [name for name, _ in services.calls if name == "intake.reply_to_desk"] == []


def test_a_page_that_expects_no_files_takes_none(services: FakeTransport, browser: Browsers) -> None:
    visitor = browser("agent", **SANNE)
    visitor.get("/style")
    answer = visitor.post(f"/desk/requests/{REQUEST_ID}/questions", form("Welke?", (b"x", "a.txt")))
    assert answer.status_code == 415


def test_files_of_a_line_are_offered_where_it_is_shown(services: FakeTransport, browser: Browsers) -> None:
    file = {
        "attachment_id": "01926f00-1000-7a01-8e44-8f9a0b1c2d09", "name": "<i>a</i>.jpg",
        "media_type": "image/jpeg", "size": 345_678, "scanned": False,
    }  # fmt: skip
    line = {"at": "2026-11-25T10:00:00Z", "by": {"kind": "person", "name": "Somebody"}, "public": True}
    said = {**line, "type": "replied", "data": {"text": "Zie", "attachments": [file]}}
    note = {
        **line,
        "type": "note",
        "public": False,
        "data": {"text": "x", "attachments": [{**file, "name": "n.jpg"}]},
    }
    services.answers["intake.get_request"] = request(
        timeline=[said, note], priority="P3", channel="site", answers={}, requester=None
    )
    address = f'/requests/{REQUEST_ID}/attachments/{file["attachment_id"]}"'
    own = browser("requester", **SANNE).get(f"/requests/{REQUEST_ID}").text
    assert f'href="{address}' in own
    assert "&lt;i&gt;a&lt;/i&gt;.jpg" in own
    assert "338 kB" in own
    assert "n.jpg" not in own
    assert "niet gescand" not in own
    desk = (
        browser("agent", **SANNE)
        .get(f"/desk/requests/{REQUEST_ID}", HX_Target="dossier", HX_Request="true")
        .text
    )
    assert "n.jpg" in desk
    assert "niet gescand" in desk


def test_files_that_somebody_sent_who_was_signed_out_are_said_to_be_lost(
    services: FakeTransport, browser: Browsers
) -> None:
    stranger = browser()
    stranger.get("/sign-in")
    answer = stranger.post("/report", form("Koud", (b"x", "a.txt")))
    assert answer.status_code == 401
    assert 'name="resume" value="' in answer.text
