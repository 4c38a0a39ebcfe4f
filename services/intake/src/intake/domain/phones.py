"""Telephone numbers, in any spelling, as digits that can be compared."""

from __future__ import annotations

import re

COUNTRY = "31"
# Fewer would find half the building; internal numbers have four.
MIN_DIGITS = 4
_TRUNK_ZERO = re.compile(r"\(0\)")
# As links, cards and lines below a mail write it; a number is compared without.
_SCHEME = re.compile(r"^\s*tel:", re.IGNORECASE)
_EXTENSION = re.compile(
    r"(?<=\d)[\s,;(]*(?:ext(?:ension)?|toestel|tst)\b[.:=\s]*\d{1,6}\)?\s*$", re.IGNORECASE
)
_NO_PHONE = re.compile(r"[^\d\s+()./-]")


def digits(spelling: str) -> str:
    """ "+31 (0)20-555 01 23", "0031205550123" and "020 5550123" all give "31205550123"; "0123"-like
    extensions stay.

    A number without any prefix is left as it is: the end of it is what is compared.
    """
    text = _TRUNK_ZERO.sub("", bare(spelling))
    plain = re.sub(r"\D", "", text)
    if text.strip().startswith("+"):
        return plain
    if plain.startswith("00"):
        return plain[2:]
    if plain.startswith("0") and len(plain) >= 10:
        return COUNTRY + plain[1:]
    return plain


def bare(spelling: str) -> str:
    """Without "tel:" before it and "ext 5" behind it."""
    return _EXTENSION.sub("", _SCHEME.sub("", spelling))


def has_extension(spelling: str) -> bool:
    return bool(_EXTENSION.search(spelling))


def search_key(spelling: str) -> str:
    """The digits backwards: what the last digits of a number find is then a prefix, which an index
    can serve.
    """
    return digits(spelling)[::-1]


def looks_like_phone(text: str) -> bool:
    """Whether somebody is looking for a number and not for a name."""
    return is_spelling(text) and len(digits(text)) >= MIN_DIGITS


def is_spelling(text: str) -> bool:
    """Whether there is nothing in it that no number is written with."""
    return not _NO_PHONE.search(bare(text))
