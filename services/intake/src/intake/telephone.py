"""Telephone numbers by their country's rules: what somebody typed, as it is kept, shown and looked up.

`domain.phones` compares digits and knows the end of a number; this knows what a whole number is.
"""

from __future__ import annotations

import phonenumbers
from phonenumbers import NumberParseException, PhoneNumber, PhoneNumberFormat

from intake.domain import phones

REGION = "NL"
# Internal numbers have three to six digits, do not begin with 0, and belong to no country.
EXTENSION = range(3, 7)


def search_keys(spelling: str) -> set[str]:
    """The digits backwards, as written and as its country writes the whole of it; see `phones.search_key`."""
    keys = {phones.search_key(spelling)}
    if number := _whole(spelling):
        keys.add(_international(number)[::-1])
    return keys - {""}


def kept(spelling: str) -> str | None:
    """As people read it, "+31 6 12345678"; an internal number as its digits; None for what is no number.
    One with an extension is not kept: what is behind it would be lost.
    """
    if phones.has_extension(spelling):
        return None
    if number := _whole(spelling):
        return str(phonenumbers.format_number(number, PhoneNumberFormat.INTERNATIONAL))
    digits = phones.digits(spelling)
    internal = len(digits) in EXTENSION and not digits.startswith("0")
    return digits if internal and phones.is_spelling(spelling) else None


def _whole(spelling: str) -> PhoneNumber | None:
    """None for the end of a number, an internal one, or words."""
    text = phones.bare(spelling).strip()
    if not phones.is_spelling(text) or not text.lstrip("(").startswith(("+", "0")):
        return None
    try:
        number = phonenumbers.parse(text, REGION)
    except NumberParseException:
        return None
    return number if phonenumbers.is_possible_number(number) else None


def _international(number: PhoneNumber) -> str:
    return str(phonenumbers.format_number(number, PhoneNumberFormat.E164)).removeprefix("+")
