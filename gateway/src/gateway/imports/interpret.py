"""From rows to records. A record with an unreadable row is refused as a whole, with line and reason."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import tzinfo
from typing import Any
from zoneinfo import ZoneInfo

from gateway.imports import assets, products, requests
from gateway.imports.mapping import Mapping, Rule
from gateway.imports.targets import ENDS, STATE_FIELDS, TARGETS, Field
from gateway.imports.values import NotReadable, Reader, quoted

Record = dict[str, Any]
Refusal = dict[str, Any]


@dataclass(frozen=True)
class Row:
    line: int
    cells: dict[str, str]


RECORDS: dict[str, Callable[[int, Record], Record]] = {"products": products.record, "assets": assets.record}


class Refused(Exception):
    """This record can't be taken: the line where that shows, and why."""

    def __init__(self, line: int, reason: str) -> None:
        super().__init__(reason)
        self.line = line


def interpret(
    mapping: Mapping, rows: Iterable[dict[str, Any]], zone: str | tzinfo = "Europe/Amsterdam"
) -> tuple[list[Record], list[Refusal]]:
    """`rows` are [{"line": int, "values": {column: text}}]; moments without an offset are in `zone`.

    All rows of a key must be in the same call: what is not there is not in the record.
    """
    return _Interpreter(mapping, ZoneInfo(zone) if isinstance(zone, str) else zone).all(rows)


class _Interpreter:
    def __init__(self, mapping: Mapping, zone: tzinfo) -> None:
        self._mapping = mapping
        self._reader = Reader(mapping.dates, zone)
        self._record: Callable[[str | None, Sequence[Row]], Record] = (
            self._request if mapping.target == "requests" else self._alone
        )

    def all(self, rows: Iterable[dict[str, Any]]) -> tuple[list[Record], list[Refusal]]:
        records: list[Record] = []
        refused: list[Refusal] = []
        for key, together in self._groups(rows):
            try:
                records.append(self._record(key, together))
            except Refused as refusal:
                refused.append({"line": refusal.line, "key": key, "reason": str(refusal)})
        return records, refused

    def _groups(self, rows: Iterable[dict[str, Any]]) -> Iterable[tuple[str | None, list[Row]]]:
        """Rows with the same key together, in the order in which keys first come; without a key, alone."""
        groups: dict[Any, list[Row]] = {}
        for given in rows:
            cells = {str(name): str(cell or "").strip() for name, cell in given["values"].items()}
            row = Row(int(given["line"]), cells)
            groups.setdefault(self._key(row) or row.line, []).append(row)
        return ((self._key(together[0]), together) for together in groups.values())

    def _key(self, row: Row) -> str | None:
        return self._known(row, self._mapping.key) if self._mapping.key else None

    def _request(self, key: str | None, rows: Sequence[Row]) -> Record:
        if key is None:
            raise Refused(rows[0].line, f"column '{self._mapping.key}' is empty: the row belongs to nothing")
        self._check_columns(rows[0])
        ordered = sorted(rows, key=self._position)
        fields = self._values(self._mapping.fields, TARGETS["requests"], ordered)
        states = [
            self._values(self._mapping.states, STATE_FIELDS, [row]) for row in ordered if self._mapping.states
        ]
        return requests.record(key, rows[0].line, fields, states)

    def _alone(self, _key: str | None, rows: Sequence[Row]) -> Record:
        """A row is a record."""
        self._check_columns(rows[0])
        target = self._mapping.target
        values = self._values(self._mapping.fields, TARGETS[target], rows)
        try:
            return RECORDS[target](rows[0].line, values)
        except NotReadable as problem:
            raise Refused(rows[0].line, str(problem)) from None

    def _check_columns(self, row: Row) -> None:
        missing = [column for column in self._mapping.columns if column not in row.cells]
        if missing:
            raise Refused(row.line, f"the row has no column '{missing[0]}'")

    def _position(self, row: Row) -> tuple[Any, ...]:
        return (*(self._sortable(row, column) for column in self._mapping.order), row.line)

    def _sortable(self, row: Row, column: str) -> tuple[Any, ...]:
        cell = row.cells.get(column, "")
        rule = (self._mapping.states or {}).get("state")
        if rule is None or rule.columns != (column,):
            return self._reader.sortable(cell)
        state = (rule.values or {}).get(cell.casefold(), cell)
        return (ENDS.get(state, 0),)

    def _values(self, rules: dict[str, Rule] | None, fields: dict[str, Field], rows: Sequence[Row]) -> Record:
        """Every field of the target: by its rule, or its default."""
        values = {name: field.default for name, field in fields.items()}
        for name, rule in (rules or {}).items():
            row = rows[0] if rule.first_row else rows[-1]
            try:
                value = self._value(rule, fields[name], row)
            except NotReadable as problem:
                raise Refused(row.line, f"column '{', '.join(rule.columns)}': {problem}") from None
            values[name] = fields[name].default if value is None else value
            if values[name] is None and fields[name].required:
                raise Refused(
                    row.line, f"column '{', '.join(rule.columns)}' has no value, and {name} needs one"
                )
        return values

    def _value(self, rule: Rule, field: Field, row: Row) -> Any:
        if not rule.columns:
            return rule.value
        known = [cell for column in rule.columns if (cell := self._known(row, column)) is not None]
        if not known:
            return rule.otherwise
        raw = rule.join.join(known)
        if rule.values is None:
            return self._reader.value(raw, field)
        if raw.casefold() in rule.values:
            return rule.values[raw.casefold()]
        if rule.otherwise is None:
            raise NotReadable(
                f"the mapping does not say what {quoted(raw)} means; add it to the field's values"
            )
        return rule.otherwise

    def _known(self, row: Row, column: str) -> str | None:
        cell = row.cells.get(column, "")
        return None if cell in self._mapping.unknown else cell
