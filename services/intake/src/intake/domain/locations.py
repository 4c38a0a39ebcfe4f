"""Places as a tree: buildings, floors, rooms. The path is what people read: "De Sluis / Verdieping
2 / 2.14".
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from intake.domain.errors import Wrong
from intake.domain.values import SEPARATOR

MAX_DEPTH = 12


@dataclass(frozen=True, slots=True)
class Node:
    """`key` is the organisation's own; `parent_key` None for a building or a site."""

    key: str
    name: str
    parent_key: str | None = None
    kind: str | None = None


def paths(nodes: Mapping[str, Node]) -> dict[str, str]:
    """The path of every node by key. Raises Wrong for a parent that is not there and for a circle."""
    return {key: SEPARATOR.join(node.name for node in _lineage(nodes, key)) for key in nodes}


def _lineage(nodes: Mapping[str, Node], key: str) -> list[Node]:
    """From the root down to the node itself."""
    line: list[Node] = []
    step: str | None = key
    while step is not None:
        node = nodes.get(step)
        if node is None:
            raise _wrong(
                "unknown_parent", f"Location '{line[-1].key}' names parent '{step}', which does not exist."
            )
        line.append(node)
        if len(line) > MAX_DEPTH:
            raise _wrong("too_deep", f"Location '{key}' lies more than {MAX_DEPTH} deep, or in itself.")
        step = node.parent_key
    return line[::-1]


def _wrong(code: str, text: str) -> Wrong:
    return Wrong(code, text, {"items": [text]})
