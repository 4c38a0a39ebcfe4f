"""Letting suppliers in and shutting them out: every action in every standing."""

from __future__ import annotations

import base64
import hashlib
from dataclasses import replace
from datetime import timedelta

import pytest
from dispatch.domain.errors import NotGranted, NotSuspended
from dispatch.domain.supplier_access import (
    Access,
    Standing,
    invited,
    password_hash,
    resumed,
    revoked,
    suspended,
    why_shut_out,
)
from dispatch.domain.webhook_secrets import signing_secrets

from ..samples import NOW, RPC  # noqa: TID252  own samples

GRANTED = invited(RPC.provider_id, None, "hash", NOW, "Karin")
SUSPENDED = suspended(GRANTED, NOW, "It called 900 times in a second.")
REVOKED = revoked(GRANTED, NOW, "Karin")
IN = {Standing.GRANTED: GRANTED, Standing.SUSPENDED: SUSPENDED, Standing.REVOKED: REVOKED}


def test_each_sample_stands_where_it_should() -> None:
    assert {standing: access.standing for standing, access in IN.items()} == {one: one for one in IN}
    assert [standing for standing, access in IN.items() if access.is_open] == [Standing.GRANTED]


@pytest.mark.parametrize("standing", IN)
def test_an_invitation_opens_whatever_was_before_with_the_next_generation(standing: Standing) -> None:
    again = invited(RPC.provider_id, IN[standing], "new", NOW + timedelta(days=1), "Beheer")
    assert (again.standing, again.password_hash, again.granted_by) == (Standing.GRANTED, "new", "Beheer")
    assert again.generation == IN[standing].generation + 1


def test_the_first_invitation_is_the_first_generation_and_nobody_has_been_seen() -> None:
    first = invited(RPC.provider_id, None, "hash", NOW, "Karin")
    assert first == Access(RPC.provider_id, 1, "hash", NOW, "Karin")


def test_who_was_seen_before_stays_seen_when_let_in_again() -> None:
    before = replace(GRANTED, seen_at=NOW)
    again = invited(RPC.provider_id, before, "new", NOW + timedelta(days=1), "Beheer")
    assert again == Access(RPC.provider_id, 2, "new", NOW + timedelta(days=1), "Beheer", seen_at=NOW)


def test_a_revocation_burns_a_generation_and_says_who_and_when() -> None:
    later = NOW + timedelta(days=1)
    shut = revoked(GRANTED, later, "Beheer")
    assert shut == Access(RPC.provider_id, 2, None, NOW, "Karin", revoked_at=later, revoked_by="Beheer")


def test_a_suspension_says_when_and_why() -> None:
    out = suspended(GRANTED, NOW, "It called too often.")
    assert out == replace(GRANTED, suspended_at=NOW, suspended_reason="It called too often.")


@pytest.mark.parametrize(
    ("access", "says"),
    [
        (None, "Vonk & Val has not been invited yet; invite it, then deliver again."),
        (SUSPENDED, "Vonk & Val is suspended; resume its access, then deliver again."),
        (REVOKED, "The access of Vonk & Val was revoked; invite it again, or give the order to another."),
        (GRANTED, None),
    ],
)
def test_why_nothing_can_be_brought_and_what_to_do_is_said(access: Access | None, says: str | None) -> None:
    assert why_shut_out("Vonk & Val", access) == says


@pytest.mark.parametrize("standing", IN)
def test_a_revocation_shuts_out_and_forgets_the_password(standing: Standing) -> None:
    shut = revoked(IN[standing], NOW + timedelta(days=1), "Beheer")
    assert (shut.standing, shut.password_hash) == (Standing.REVOKED, None)


def test_a_second_revocation_changes_nothing() -> None:
    assert revoked(REVOKED, NOW + timedelta(days=1), "Beheer") == REVOKED


def test_who_was_never_let_in_cannot_be_shut_out() -> None:
    with pytest.raises(NotGranted, match="never given access"):
        revoked(None, NOW, "Karin")


def test_the_secrets_from_before_a_revocation_are_good_for_nothing_after_it() -> None:
    again = invited(RPC.provider_id, REVOKED, None, NOW, "Karin")
    before = signing_secrets("master", RPC.provider_id, GRANTED.generation)
    after = signing_secrets("master", RPC.provider_id, again.generation)
    assert not set(before) & set(after)


def test_a_suspension_keeps_the_credentials_and_a_resumption_gives_them_back() -> None:
    assert SUSPENDED.password_hash == GRANTED.password_hash
    assert resumed(SUSPENDED) == GRANTED


def test_the_first_reason_of_a_suspension_stands() -> None:
    assert suspended(SUSPENDED, NOW, "Something else.") == SUSPENDED


def test_who_is_shut_out_is_not_suspended_as_well() -> None:
    assert suspended(REVOKED, NOW, "It called too often.") == REVOKED


@pytest.mark.parametrize("access", [None, GRANTED, REVOKED])
def test_only_who_is_suspended_can_be_resumed(access: Access | None) -> None:
    with pytest.raises(NotSuspended, match="not suspended"):
        resumed(access)


def test_a_password_is_kept_as_rabbitmq_keeps_it() -> None:
    kept = base64.b64decode(password_hash("secret", b"salt"))
    assert kept == b"salt" + hashlib.sha256(b"saltsecret").digest()
