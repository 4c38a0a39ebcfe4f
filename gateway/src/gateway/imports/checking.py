"""Checking a mapping that somebody wrote, and saying at each place what to do about it."""

from __future__ import annotations

import re
from collections.abc import Mapping as AnyMapping
from datetime import datetime
from itertools import chain
from typing import Any

from gateway.imports.mapping import Mapping, MappingInvalid, Rule
from gateway.imports.targets import STATE_FIELDS, TARGETS, Field
from gateway.imports.values import A_MOMENT

ALLOWED = ("name", "title", "target", "columns", "unknown", "dates", "key", "order", "fields", "states")
RULE_WORDS = frozenset({"value", "column", "columns", "join", "values", "otherwise", "row"})
CONSTANTS = {"text": str, "choice": str, "whole": int, "yes_no": bool}
CONSTANT_WANTED = {
    "text": "Write a text in quotes.",
    "choice": "Write one of the words in quotes.",
    "whole": "Write a whole number without quotes.",
    "yes_no": "Write true or false without quotes.",
    "time": "A moment must come from a column.",
    "day": "A day must come from a column.",
}
ONLY_FOR_REQUESTS = ("key", "order", "states")
# More columns than any field is put together from, and longer than anybody writes between them.
COLUMNS_AT_MOST, JOIN_AT_MOST, DATES_AT_MOST = 20, 50, 50
# In one language at least.
NAMED = frozenset({"products", "assets"})


def checked(given: Any) -> Mapping:
    """Raises MappingInvalid with everything that is wrong."""
    return _Checker().mapping(given)


class _Checker:
    def __init__(self) -> None:
        self.errors: dict[str, list[str]] = {}

    def add(self, place: str, message: str) -> None:
        self.errors.setdefault(f"mapping.{place}" if place else "mapping", []).append(message)

    def mapping(self, given: Any) -> Mapping:
        if not isinstance(given, AnyMapping):
            raise MappingInvalid({"mapping": ["Give the name of a mapping, or a JSON object with one."]})
        self._words(given)
        target = self._target(given)
        fields = self._rules(given.get("fields"), "fields", TARGETS[target])
        states = self._rules(given["states"], "states", STATE_FIELDS) if "states" in given else None
        made = Mapping(
            name=str(given.get("name") or "own-mapping"),
            title=dict(given["title"]) if isinstance(given.get("title"), AnyMapping) else {},
            target=target,
            columns=self._columns(given, fields, states or {}),
            unknown=frozenset({"", *self._texts(given, "unknown")}),
            dates=self._dates(given),
            key=self._key(given, target),
            order=self._texts(given, "order"),
            fields=fields,
            states=states,
        )
        self._finish(made)
        return made

    def _words(self, given: AnyMapping[str, Any]) -> None:
        for word in given:
            if word not in ALLOWED:
                self.add(str(word), f"This is not a part of a mapping. Use: {', '.join(ALLOWED)}.")

    def _target(self, given: AnyMapping[str, Any]) -> str:
        target = given.get("target")
        if not isinstance(target, str) or target not in TARGETS:
            self.add("target", f"Say what the file holds: {' or '.join(TARGETS)}.")
            raise MappingInvalid(self.errors)
        return target

    def _key(self, given: AnyMapping[str, Any], target: str) -> str | None:
        if target == "requests":
            if not isinstance(given.get("key"), str):
                self.add("key", "Name the column that tells one request from another.")
                return None
            return str(given["key"])
        for word in ONLY_FOR_REQUESTS:
            if word in given:
                self.add(word, "Leave this out: every row is one record.")
        return None

    def _rules(self, given: Any, place: str, fields: dict[str, Field]) -> dict[str, Rule]:
        if not isinstance(given, AnyMapping) or not given:
            self.add(place, f"Say where fields come from. Choose from: {', '.join(fields)}.")
            return {}
        rules = {}
        for name, rule in given.items():
            if name in fields:
                rules[name] = self._rule(rule, f"{place}.{name}", fields[name])
            else:
                self.add(f"{place}.{name}", f"There is no such field. Choose from: {', '.join(fields)}.")
        for name, field in fields.items():
            if field.required and name not in rules:
                self.add(f"{place}.{name}", "Say where this comes from; nothing can be imported without it.")
        return rules

    def _rule(self, given: Any, place: str, field: Field) -> Rule:
        if not isinstance(given, AnyMapping):
            self.add(
                place, 'Write a rule, such as {"column": "name of the column"} or {"value": "always this"}.'
            )
            return Rule()
        for word in set(given) - RULE_WORDS:
            self.add(place, f"'{word}' is not a part of a rule. Use: {', '.join(sorted(RULE_WORDS))}.")
        if sum(word in given for word in ("value", "column", "columns")) != 1:
            self.add(place, "Give exactly one of value, column and columns.")
        columns = [given["column"]] if "column" in given else given.get("columns", [])
        if not isinstance(columns, list) or not all(isinstance(column, str) for column in columns):
            self.add(place, "Name columns by their text in the header.")
            columns = []
        if len(columns) > COLUMNS_AT_MOST:
            self.add(place, f"Put a field together from at most {COLUMNS_AT_MOST} columns.")
        if len(str(given.get("join", ""))) > JOIN_AT_MOST:
            self.add(place, f"Write at most {JOIN_AT_MOST} characters between columns.")
        if given.get("row", "last") not in ("first", "last"):
            self.add(place, "row is 'first' or 'last'.")
        return Rule(
            columns=tuple(columns),
            value=self._constant(given, "value", place, field),
            join=str(given.get("join", ", ")),
            values=self._translations(given.get("values"), place, field),
            otherwise=self._constant(given, "otherwise", place, field),
            first_row=given.get("row") == "first",
        )

    def _constant(self, given: AnyMapping[str, Any], word: str, place: str, field: Field) -> Any:
        value = given.get(word)
        self._check_constant(value, f"{place}.{word}", field)
        return value

    def _translations(self, given: Any, place: str, field: Field) -> dict[str, Any] | None:
        if given is None:
            return None
        if not isinstance(given, AnyMapping):
            self.add(f"{place}.values", 'Write what each text means, such as {"Phone": "phone"}.')
            return None
        for text, value in given.items():
            self._check_constant(value, f"{place}.values.{text}", field)
        return {str(text).casefold(): value for text, value in given.items()}

    def _check_constant(self, value: Any, place: str, field: Field) -> None:
        if value is None:
            return
        if field.choices and value not in field.choices:
            self.add(place, f"'{value}' is not one of {', '.join(field.choices)}.")
        if type(value) is not CONSTANTS.get(field.type):
            self.add(place, CONSTANT_WANTED[field.type])

    def _texts(self, given: AnyMapping[str, Any], word: str) -> tuple[str, ...]:
        texts = given.get(word, [])
        if isinstance(texts, list) and all(isinstance(text, str) for text in texts):
            return tuple(texts)
        self.add(word, "Give a list of texts.")
        return ()

    def _columns(
        self, given: AnyMapping[str, Any], fields: dict[str, Rule], states: dict[str, Rule]
    ) -> tuple[str, ...]:
        """Those it names, or else those its rules read. Every rule must read a column of the header."""
        used = dict.fromkeys(chain(*(rule.columns for rule in fields.values())), "fields")
        used |= dict.fromkeys(chain(*(rule.columns for rule in states.values())), "states")
        used |= dict.fromkeys(self._texts(given, "order"), "order")
        if isinstance(given.get("key"), str):
            used[given["key"]] = "key"
        if "columns" not in given:
            return tuple(used)
        columns = self._texts(given, "columns")
        for column, place in used.items():
            if column not in columns:
                self.add(place, f"The header has no column '{column}'. It has: {', '.join(columns)}.")
        return columns

    def _dates(self, given: AnyMapping[str, Any]) -> str | None:
        dates = given.get("dates")
        if dates is None:
            return None
        if not isinstance(dates, str) or not _is_format(dates):
            self.add("dates", "Write how moments look, such as %d-%m-%Y %H:%M for 23-11-2026 14:30.")
            return None
        return dates

    def _finish(self, made: Mapping) -> None:
        if made.target in NAMED and not {"name.nl", "name.en"} & set(made.fields):
            self.add("fields.name.nl", "Say where the name comes from: name.nl, name.en or both.")
        if self.errors:
            raise MappingInvalid(self.errors)


def _is_format(dates: str) -> bool:
    """Whether what is written by it is read back by it: not so of one that says the year twice."""
    if len(dates) > DATES_AT_MOST or A_MOMENT.strftime(dates) == dates:
        return False
    try:
        datetime.strptime(A_MOMENT.strftime(dates), dates)  # noqa: DTZ007  only whether it can be read
    except (ValueError, re.error):
        return False
    return True
