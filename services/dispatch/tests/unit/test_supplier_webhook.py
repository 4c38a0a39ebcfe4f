"""Whatever a supplier's server does, the desk gets an outcome that it can keep, and no page of theirs."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from dispatch.channels.supplier_webhook import LONGEST_EXCERPT, SupplierWebhooks
from dispatch.domain.deliveries import Answer, Errand, Failure, NoAnswer
from dispatch.domain.supplier_access import Access, invited, revoked, suspended
from dispatch.domain.webhook_secrets import signing_secrets
from dispatch.domain.work_order_states import Action
from servicekit.outbound.posting import NoReply, NotUnderstood, Reply, Unreachable
from servicekit.outbound.targets import TargetRefused
from standardwebhooks import Webhook
from standardwebhooks.webhooks import WebhookVerificationError

from servicekit import json

from ..samples import NOW, WEBHOOK, consignment, known_id  # noqa: TID252  samples of this service alone

LET_IN = invited(WEBHOOK.provider_id, None, None, NOW, "Karin")
JSON, TEXT, HTML = "application/json", "text/plain; charset=utf-8", "text/html"


class Server:
    """Answers or raises what the test says, and keeps what was posted."""

    def __init__(self, result: Any) -> None:
        self.result = result
        self.posted: list[tuple[str, bytes, dict[str, str]]] = []

    def post(self, url: str, body: bytes, headers: dict[str, str]) -> Reply:
        self.posted.append((url, body, headers))
        if isinstance(self.result, Exception):
            raise self.result
        reply: Reply = self.result
        return reply


def answers(status: int, body: str = "", kind: str = JSON, **headers: str) -> Server:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return Server(Reply(status, {"content-type": kind, **named}, body.encode()))


def bring(
    server: Server, errand: Errand = Errand.ORDER, access: Access | None = LET_IN, master: str = "master"
) -> Any:
    return SupplierWebhooks(server, master, now).bring(consignment(WEBHOOK, errand, access))


def now() -> datetime:
    return datetime.now(UTC)  # noqa: TID251  what checks a signature looks at the real time, too


@pytest.mark.parametrize("errand", Errand)
def test_the_signature_is_good_by_the_library_of_the_standard(errand: Errand) -> None:
    server = answers(204)
    bring(server, errand)
    url, body, headers = server.posted[0]
    (secret,) = signing_secrets("master", WEBHOOK.provider_id, 1)
    assert url == WEBHOOK.address
    assert Webhook(secret).verify(body, headers)["type"].startswith("work_order.")
    with pytest.raises(WebhookVerificationError):
        Webhook(secret).verify(body + b" ", headers)


def test_after_a_renewal_old_and_new_secret_both_check() -> None:
    server = answers(204)
    bring(server, access=invited(WEBHOOK.provider_id, LET_IN, None, NOW, "Karin"))
    _, body, headers = server.posted[0]
    for generation in (1, 2):
        secret = signing_secrets("master", WEBHOOK.provider_id, generation)[0]
        Webhook(secret).verify(body, headers)


def test_the_message_says_which_order_and_all_that_a_later_word_needs() -> None:
    server = answers(204)
    bring(server)
    bring(server, Errand.CANCELLATION)
    order, cancellation = (json.loads(body) for _, body, _ in server.posted)
    about = {"order_number": "SD-26-000123-1", "order_id": str(known_id("order")), "version": 1}
    assert (order["type"], order["data"]) == ("work_order.issued", {**about, "order": {}})
    assert cancellation["type"] == "work_order.cancellation_requested"
    assert cancellation["data"] == {**about, "reason": "withdrawn"}


def test_each_attempt_has_the_same_id_and_another_errand_another() -> None:
    server = answers(500)
    for errand in (Errand.ORDER, Errand.ORDER, Errand.CANCELLATION):
        bring(server, errand)
    first, second, third = (headers["webhook-id"] for _, _, headers in server.posted)
    assert first == second != third
    assert "." not in first  # the standard signs id.time.body


@pytest.mark.parametrize(
    ("errand", "status", "body", "action"),
    [
        (Errand.ORDER, 200, '{"answer": "accepted"}', Action.ACCEPT),
        (Errand.ORDER, 200, '{"answer": "refused", "reason": "full"}', Action.REFUSE),
        (Errand.ORDER, 202, '{"answer": "received"}', Action.DELIVER),
        (Errand.ORDER, 204, "", Action.DELIVER),
        (Errand.ORDER, 200, "\r\n", Action.DELIVER),
        (Errand.CANCELLATION, 200, '{"answer": "cancelled"}', Action.CONFIRM_CANCELLATION),
        (Errand.CANCELLATION, 204, "", Action.DELIVER),
    ],
)
def test_each_agreed_answer_is_an_action(errand: Errand, status: int, body: str, action: Action) -> None:
    outcome = bring(answers(status, body), errand)
    assert isinstance(outcome, Answer)
    assert outcome.action is action


@pytest.mark.parametrize(
    ("status", "failure", "final"),
    [
        (300, Failure.ERROR, False),
        (301, Failure.ERROR, False),
        (302, Failure.ERROR, False),
        (303, Failure.ERROR, False),
        (307, Failure.ERROR, False),
        (308, Failure.ERROR, False),
        (400, Failure.ERROR, False),
        (401, Failure.ERROR, False),
        (403, Failure.ERROR, False),
        (404, Failure.ERROR, False),
        (405, Failure.ERROR, False),
        (408, Failure.NO_ANSWER, False),
        (410, Failure.GONE, True),
        (413, Failure.ERROR, False),
        (418, Failure.ERROR, False),
        (429, Failure.BUSY, False),
        (500, Failure.ERROR, False),
        (502, Failure.AWAY, False),
        (503, Failure.BUSY, False),
        (504, Failure.NO_ANSWER, False),
        (599, Failure.ERROR, False),
        (101, Failure.GARBAGE, False),
        (600, Failure.GARBAGE, False),
        (999, Failure.GARBAGE, False),
    ],
)
def test_every_status_has_a_meaning(status: int, failure: Failure, final: bool) -> None:
    outcome = bring(answers(status))
    assert isinstance(outcome, NoAnswer)
    assert (outcome.failure, outcome.is_final) == (failure, final)
    assert f"({status})" in outcome.detail


@pytest.mark.parametrize(
    "body", ["OK", "<html></html>", "null", "[]", '"accepted"', '{"status": "ok"}', '{"answer": "perhaps"}']
)
def test_a_success_that_says_nothing_agreed_upon_is_garbage(body: str) -> None:
    outcome = bring(answers(200, body))
    assert isinstance(outcome, NoAnswer)
    assert outcome.failure is Failure.GARBAGE
    assert len(outcome.detail) < 200


@pytest.mark.parametrize(
    ("raised", "failure", "final"),
    [
        (Unreachable("orders.example.com cannot be reached."), Failure.AWAY, False),
        (NoReply("No answer."), Failure.NO_ANSWER, False),
        (NotUnderstood("Too large."), Failure.GARBAGE, False),
        (TargetRefused("It leads inside."), Failure.NOT_SET_UP, True),
        (RuntimeError("secret in here"), Failure.ERROR, False),
    ],
)
def test_every_way_to_fail_has_a_name(raised: Exception, failure: Failure, final: bool) -> None:
    outcome = bring(Server(raised))
    assert isinstance(outcome, NoAnswer)
    assert (outcome.failure, outcome.is_final) == (failure, final)
    assert "secret" not in outcome.detail


@pytest.mark.parametrize(
    ("access", "says"),
    [
        (None, "invite it"),
        (revoked(LET_IN, NOW, "Karin"), "was revoked"),
        (suspended(LET_IN, NOW, "It called too often."), "resume its access"),
    ],
)
def test_who_is_not_let_in_gets_nothing_and_the_desk_hears_what_to_do(
    access: Access | None, says: str
) -> None:
    server = answers(204)
    outcome = bring(server, access=access)
    assert isinstance(outcome, NoAnswer)
    assert (outcome.failure, outcome.is_final) == (Failure.NOT_SET_UP, True)
    assert says in outcome.detail
    assert "Lepel & Lade" in outcome.detail
    assert server.posted == []


def test_without_a_master_secret_nothing_is_posted_unsigned() -> None:
    server = answers(204)
    outcome = bring(server, master="")
    assert isinstance(outcome, NoAnswer)
    assert "WEBHOOK_MASTER_SECRET" in outcome.detail
    assert server.posted == []


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("given", "least", "most"),
    [
        ("120", 120, 120),
        ("0", 0, 0),
        (" 7 ", 7, 7),
        ("Wed, 21 Oct 2015 07:28:00 GMT", 0, 0),
        ("soon", 0, 0),
        ("-5", 0, 0),
        ("1e9", 0, 0),
        ("", 0, 0),
    ],
)
def test_retry_after_is_heard(status: int, given: str, least: float, most: float) -> None:
    outcome = bring(answers(status, retry_after=given))
    assert isinstance(outcome, NoAnswer)
    assert least <= outcome.retry_after <= most


def test_retry_after_may_be_a_date() -> None:
    at = now() + timedelta(seconds=90)
    outcome = bring(answers(503, retry_after=at.strftime("%a, %d %b %Y %H:%M:%S GMT")))
    assert 80 < outcome.retry_after < 91


def test_only_who_is_busy_may_ask_for_time() -> None:
    assert bring(answers(500, retry_after="120")).retry_after == 0


@pytest.mark.parametrize(
    ("body", "kind", "shown"),
    [
        ('{"detail": "No kitchen on Sundays."}', JSON, "“No kitchen on Sundays.”"),
        ('{"title": "Closed", "status": 400}', "application/problem+json", "“Closed”"),
        ("Closed\r\nforged: line\x1b[31m", TEXT, "“Closed forged: line [31m”"),
        ('{"detail": {"a": "deep"}}', JSON, None),
        ("[1]", JSON, None),
        ("<h1>Stack trace</h1> password=hunter2", HTML, None),
        ("<h1>Stack trace</h1> password=hunter2", "", None),
        ("{broken", JSON, None),
        ("x" * 5000, TEXT, "…”"),
    ],
)
def test_words_of_a_program_are_shown_shortly_and_pages_never(
    body: str, kind: str, shown: str | None
) -> None:
    detail = bring(answers(400, body, kind)).detail
    assert (shown in detail) if shown else ("“" not in detail)
    assert "hunter2" not in detail
    assert len(detail) < LONGEST_EXCERPT + 80
    assert detail.isprintable()
