"""Following by the link in a mail: one request, four things to do, and a secret that stays one."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any
from uuid import UUID

import deskcontracts
import pytest
from gateway.house import House
from gateway.testing import FakeTransport
from servicekit.errors import Conflict, Internal, NotFound

from .conftest import Browser
from .site_samples import PERSON_ID, REQUEST_ID, request

Browsers = Callable[..., Browser]


@pytest.fixture
def services(transport: FakeTransport) -> FakeTransport:
    transport.answers = {
        "intake.get_request": request(state="ready", closes_at="2126-12-02T16:30:00Z"),
        "intake.reply_to_desk": request(),
        "intake.confirm_request": request(),
        "intake.reopen_request": request(),
    }
    return transport


@pytest.fixture
def token(house: House) -> str:
    until = house.demo_clock.now() + timedelta(days=90)
    return house.follow_links.make(UUID(REQUEST_ID), UUID(PERSON_ID), until)


def test_the_link_opens_the_request_for_its_requester_alone(
    services: FakeTransport, browser: Browsers, token: str
) -> None:
    shown = browser().get(f"/follow/{token}")
    assert shown.status_code == 200
    assert "SD-26-000123" in shown.text
    (actor,) = {envelope["actor"] for envelope in services.envelopes}
    assert (actor.person_id, actor.roles) == (PERSON_ID, frozenset({"follower"}))
    assert services.asked("intake.get_request") == {"request_id": REQUEST_ID}


def test_a_follower_may_do_no_more_than_the_page_offers() -> None:
    table = deskcontracts.permissions()
    assert {name for name, roles in table.items() if "follower" in roles} == {
        "requests.read", "requests.reply", "requests.own_decision",
        "appointments.answer",
    }  # fmt: skip
    assert {name for name, roles in table.items() if "visitor" in roles} == {
        "catalog.read", "norms.read", "articles.judge", "proposals.read", "assets.scan",
        "ledger.scan", "reports.begin",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("action", "fields", "target", "arguments"),
    [
        ("reply", {"text": "Room 3.12"}, "intake.reply_to_desk", {"text": "Room 3.12"}),
        ("confirm", {"version": "7"}, "intake.confirm_request", {"version": 7}),
        (
            "reopen",
            {"version": "7", "reason": "Cold"},
            "intake.reopen_request",
            {"version": 7, "reason": "Cold"},
        ),
    ],
)
def test_ones_word_is_given_in_ones_own_name(
    services: FakeTransport,
    browser: Browsers,
    token: str,
    action: str,
    fields: dict[str, str],
    target: str,
    arguments: dict[str, Any],
) -> None:
    visitor = browser()
    visitor.get(f"/follow/{token}")
    answer = visitor.post(f"/follow/{token}/{action}", fields)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/follow/{token}")
    assert services.asked(target) == {"request_id": REQUEST_ID, **arguments}
    last = services.envelopes[-1]["actor"]
    assert (last.name, last.person_id) == ("Somebody", PERSON_ID)


def test_withdrawing_is_not_among_them(services: FakeTransport, browser: Browsers, token: str) -> None:
    services.answers["intake.get_request"] = request()
    visitor = browser()
    assert "/withdraw" not in visitor.get(f"/follow/{token}").text
    assert visitor.post(f"/follow/{token}/withdraw", {"version": "7", "reason": "x"}).status_code == 404


@pytest.mark.parametrize("spoilt", [lambda token: token[:-2] + "zz", lambda token: token[2:], lambda _: "x"])
def test_a_spoilt_link_opens_nothing(
    services: FakeTransport, browser: Browsers, token: str, spoilt: Callable[[str], str]
) -> None:
    visitor = browser()
    visitor.get("/style")
    assert visitor.get(f"/follow/{spoilt(token)}").status_code == 404
    assert visitor.post(f"/follow/{spoilt(token)}/confirm", {"version": "7"}).status_code == 404
    assert services.calls == []


def test_a_link_ends_after_its_time(services: FakeTransport, browser: Browsers, house: House) -> None:
    over = house.demo_clock.now() - timedelta(minutes=2)
    token = house.follow_links.make(UUID(REQUEST_ID), UUID(PERSON_ID), over)
    ended = browser().get(f"/follow/{token}")
    assert ended.status_code == 404
    assert 'href="/sign-in?next=/requests"' in ended.text
    assert services.calls == []


def test_the_request_of_another_is_not_there_by_a_link_either(
    services: FakeTransport, browser: Browsers, token: str
) -> None:
    services.answers["intake.get_request"] = NotFound("no_such_request")
    assert browser().get(f"/follow/{token}").status_code == 404


def test_a_word_that_comes_too_late_is_shown_with_how_it_stands(
    services: FakeTransport, browser: Browsers, token: str
) -> None:
    services.answers["intake.reopen_request"] = Conflict("too_late", "Too long ago.")
    visitor = browser()
    visitor.get(f"/follow/{token}")
    shown = visitor.post(f"/follow/{token}/reopen", {"version": "7", "reason": "It leaks again"})
    assert shown.status_code == 409
    assert "It leaks again" in shown.text


def test_the_secret_in_the_address_goes_nowhere(
    services: FakeTransport,
    browser: Browsers,
    token: str,
    capsys: pytest.CaptureFixture[str],
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    # Every answer is called slow, so that each leaves its line in the log.
    monkeypatch.setattr("gateway.http.application.WARN_SECONDS", -1.0)
    visitor = browser()
    shown = visitor.get(f"/follow/{token}")
    assert shown.headers["Referrer-Policy"] == "strict-origin"
    assert shown.headers["Cache-Control"] == "no-store"
    assert "noindex" in shown.headers["X-Robots-Tag"]
    services.answers["intake.get_request"] = Internal("fault")
    assert visitor.get(f"/follow/{token}").status_code == 500
    visitor.post(f"/follow/{token}/confirm", {"version": "7"})
    written = "".join(capsys.readouterr()) + caplog.text
    assert "/follow/<token>" in written
    assert token not in written
    assert token.partition(".")[0] not in written
