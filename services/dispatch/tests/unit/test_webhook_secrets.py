"""Secrets for signing are derived: the same question gives the same answer, any other question another."""

from __future__ import annotations

import base64
from uuid import UUID

import pytest
from dispatch.domain.webhook_secrets import signing_secrets

VONK, LEPEL = UUID(int=1), UUID(int=2)


def test_a_secret_is_32_bytes_in_the_form_of_standard_webhooks() -> None:
    (secret,) = signing_secrets("master", VONK, 1)
    assert secret.startswith("whsec_")
    assert len(base64.b64decode(secret.removeprefix("whsec_"), validate=True)) == 32


def test_the_same_generation_has_the_same_secret_for_ever() -> None:
    # Written out: suppliers keep it, so it may never change by a change of the code.
    assert signing_secrets("master", VONK, 1) == ["whsec_FPMps0wUgo9ujL1/AXmcQaC1TvcJD6xtFsw1ftHj5vg="]


def test_after_a_renewal_the_one_before_still_counts_and_older_ones_do_not() -> None:
    first, second, third = (signing_secrets("master", VONK, number)[0] for number in (1, 2, 3))
    assert signing_secrets("master", VONK, 3) == [third, second]
    assert first not in signing_secrets("master", VONK, 3)


def test_every_supplier_every_generation_and_every_master_has_its_own() -> None:
    made = [
        signing_secrets(master, provider, generation)[0]
        for master in ("master", "other")
        for provider in (VONK, LEPEL)
        for generation in (1, 2, 256)
    ]
    assert len(set(made)) == len(made)


@pytest.mark.parametrize(("master", "generation"), [("", 1), ("master", 0), ("master", -1)])
def test_without_a_master_or_a_generation_there_is_none(master: str, generation: int) -> None:
    with pytest.raises(ValueError):
        signing_secrets(master, VONK, generation)
