"""Sending a table to the desk in pieces, none of which cuts a record in two."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from deskcli.importing.api import Api, ApiError, Json
from deskcli.importing.table import Line

ROWS_AT_ONCE = 500
BYTES_AT_ONCE = 512 * 1024


@dataclass
class Outcome:
    """What became of the file. `refused` holds {line, key, reason}."""

    new: int = 0
    existing: int = 0
    refused: list[Json] = field(default_factory=list)

    def add(self, answer: Json) -> None:
        self.new += answer["new"]
        self.existing += answer["existing"]
        self.refused += answer["refused"]

    def sentence(self) -> str:
        return f"{self.new} new, {self.existing} already there, {len(self.refused)} refused"


def send(api: Api, mapping: str | Json, groups: list[list[Line]], sent: Callable[[int], None]) -> Outcome:
    """`sent` hears how many lines are done after each piece. Raises ApiError; what was sent before stays."""
    outcome = Outcome()
    whole = [group for group in groups if not any(line.problem for line in group)]
    for group in groups:
        broken = next((line for line in group if line.problem), None)
        if broken:
            outcome.refused.append({"line": broken.number, "key": None, "reason": broken.problem})
            sent(len(group))
    done = 0
    for piece in pieces(whole):
        rows = [{"line": line.number, "values": line.values} for line in piece]
        try:
            outcome.add(api.post("/imports", {"mapping": mapping, "rows": rows}))
        except ApiError as error:
            so_far = f" ({done} rows were done; the same command goes on.)" if done else ""
            raise ApiError(f"{error}{so_far}", error.status) from error
        done += len(piece)
        sent(len(piece))
    outcome.refused.sort(key=lambda refusal: refusal.get("line") or 0)
    return outcome


def pieces(groups: Iterable[list[Line]]) -> Iterator[list[Line]]:
    """Groups put together until a piece is large enough; a group larger than that goes alone."""
    piece: list[Line] = []
    size = 0
    for group in groups:
        weight = sum(_weight(line.values) for line in group)
        if piece and (len(piece) + len(group) > ROWS_AT_ONCE or size + weight > BYTES_AT_ONCE):
            yield piece
            piece, size = [], 0
        piece = piece + group
        size += weight
    if piece:
        yield piece


def _weight(values: dict[str, Any]) -> int:
    return len(json.dumps(values, ensure_ascii=False).encode())
