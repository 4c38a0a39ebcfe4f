"""What is believed to come from the desk: held against the library of the standard."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from standardwebhooks import Webhook
from supplierkit.signatures import NotSigned, key_of, verify

SECRET = "whsec_" + "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVowMTIzNDU="
OTHER = "whsec_" + "enl4d3Z1dHNycXBvbm1sa2ppaGdmZWRjYmE5ODc2NTQ="
AT = 1_764_000_000
BODY = '{"type": "work_order.issued", "data": {"text": "Vergaderlunch voor 8 à 10"}}'.encode()


def signed(
    *secrets: str, at: int = AT, body: bytes = BODY, key: str = "SD-26-000001-1_1_0a"
) -> dict[str, str]:
    moment = datetime.fromtimestamp(at, UTC)
    signatures = [Webhook(secret).sign(key, moment, body.decode()) for secret in secrets]
    return {
        "Webhook-Id": key,
        "Webhook-Timestamp": str(at),
        "Webhook-Signature": " ".join(signatures),
    }


def test_what_the_library_signs_is_believed() -> None:
    verify(SECRET, signed(SECRET), BODY, now=AT)


def test_one_good_signature_of_several_is_enough() -> None:
    """The desk signs with a renewed secret and the one before."""
    verify(SECRET, signed(OTHER, SECRET), BODY, now=AT)
    verify(OTHER, signed(OTHER, SECRET), BODY, now=AT)


@pytest.mark.parametrize("late", [-300, 0, 300])
def test_clocks_may_differ_by_five_minutes(late: int) -> None:
    verify(SECRET, signed(SECRET), BODY, now=AT + late)


NOT_OURS = {
    "another secret": (signed(OTHER), BODY, AT),
    "another body": (signed(SECRET), BODY + b" ", AT),
    "another id": (signed(SECRET) | {"Webhook-Id": "x"}, BODY, AT),
    "another time": (signed(SECRET) | {"Webhook-Timestamp": str(AT + 1)}, BODY, AT),
    "too old": (signed(SECRET), BODY, AT + 301),
    "from the future": (signed(SECRET), BODY, AT - 301),
    "no time": (signed(SECRET) | {"Webhook-Timestamp": "now"}, BODY, AT),
    "a negative time": (signed(SECRET) | {"Webhook-Timestamp": "-1"}, BODY, AT),
    "digits of another script": (signed(SECRET) | {"Webhook-Timestamp": "١٧٦٤"}, BODY, AT),
    "no signature": (signed(SECRET) | {"Webhook-Signature": ""}, BODY, AT),
    "another version": (
        {n: v.replace("v1,", "v1a,") for n, v in signed(SECRET).items()}, BODY, AT,
    ),
    "no comma": (signed(SECRET) | {"Webhook-Signature": "v1"}, BODY, AT),
    "not ASCII": (signed(SECRET) | {"Webhook-Signature": "v1,é"}, BODY, AT),
    "no headers": ({}, BODY, AT),
}  # fmt: skip


@pytest.mark.parametrize(("headers", "body", "now"), NOT_OURS.values(), ids=NOT_OURS)
def test_everything_else_is_not(headers: dict[str, str], body: bytes, now: int) -> None:
    with pytest.raises(NotSigned):
        verify(SECRET, headers, body, now=now)


@pytest.mark.parametrize(
    "secret", ["", "whsec_", "whsec_short", "sdp_a-token_that_is-no-base64!", "whsec_AAAA"]
)
def test_what_is_no_secret_is_said_at_once(secret: str) -> None:
    with pytest.raises(ValueError, match="whsec_"):
        key_of(secret)
