"""The address to answer a mail at tells which mail that was, and nobody else can make one."""

from __future__ import annotations

from uuid import UUID

from servicekit.reply_addresses import make, read

MAIL = UUID("01936f2a-7d52-7a11-8e02-3c1d8a90b101")
ADDRESS = "servicedesk@meerwal.example"


def test_it_reads_back_in_any_case_and_fits_a_local_part() -> None:
    made = make(["new", "old"], ADDRESS, MAIL)

    assert len(made.partition("@")[0]) <= 64
    assert read(["new"], f"Desk <{made.upper()}>") == MAIL


def test_a_replaced_key_is_good_until_it_is_taken_away() -> None:
    made = make(["old"], ADDRESS, MAIL)

    assert read(["new", "old"], made) == MAIL
    assert read(["new"], made) is None


def test_another_mail_under_the_same_signature_is_refused() -> None:
    made = make(["key"], ADDRESS, MAIL)

    assert read(["key"], made.replace("b101", "b102")) is None
    assert read(["key"], "servicedesk+abc@meerwal.example") is None
