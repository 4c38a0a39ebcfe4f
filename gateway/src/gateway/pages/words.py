"""Texts in the visitor's language. English stands in the code; Dutch in `translations/nl/*.po`, one file per
kind of visitor.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from io import StringIO
from typing import Any

from babel.messages.pofile import read_po

LANGUAGES = ("nl", "en")
DEFAULT = "nl"


class Words:
    """Looks texts up: `words("Report a problem")`. What is not translated stays English, and fails a test."""

    def __init__(
        self, language: str, singular: Mapping[str, str], plural: Mapping[str, tuple[str, str]]
    ) -> None:
        self.language = language
        self._singular = singular
        self._plural = plural

    def __call__(self, text: str, **values: Any) -> str:
        """Values fill `%(name)s`; a text without values is not looked at for per cents."""
        found = self._singular.get(text, text)
        return found % values if values else found

    def many(self, one: str, more: str, count: int, **values: Any) -> str:
        forms = self._plural.get(one, (one, more))
        return forms[0 if count == 1 else 1] % {"count": count, **values}

    def of(self, texts: Any) -> str:
        """The text in this language of {"nl": ..., "en": ...}; else in any."""
        if not isinstance(texts, Mapping):
            return str(texts or "")
        return str(texts.get(self.language) or texts.get(DEFAULT) or next(iter(texts.values()), ""))


@cache
def words(language: str) -> Words:
    if language == "en":
        return Words("en", {}, {})
    singular: dict[str, str] = {}
    plural: dict[str, tuple[str, str]] = {}
    for message in catalogue(language):
        if isinstance(message.id, tuple):
            plural[message.id[0]] = (message.string[0], message.string[1])
        elif message.id and message.string:
            singular[message.id] = message.string
    return Words(language, singular, plural)


def catalogue(language: str) -> list[Any]:
    """All messages of a language, over its files."""
    folder = files("gateway") / "translations" / language
    found: list[Any] = []
    for file in sorted(folder.iterdir(), key=lambda each: each.name):
        if file.name.endswith(".po"):
            found += list(read_po(StringIO(file.read_text(encoding="utf-8")), locale=language))
    return found


def best_language(chosen: str, account: str, accepted: str) -> str:
    """What the visitor chose, else the account's, else the first that the browser accepts."""
    if chosen in LANGUAGES:
        return chosen
    if account in LANGUAGES:
        return account
    for part in accepted.split(","):
        tag = part.partition(";")[0].strip().lower().partition("-")[0]
        if tag in LANGUAGES:
            return tag
    return DEFAULT
