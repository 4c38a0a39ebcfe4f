"""What differs between two versions of a product, field by field, so that it can be said in words.

Things with a key (questions, steps, choices) are followed by it: a question that only moved is told as
moved, not as eight changed fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Content = Mapping[str, Any]
# Lists of things with a key of their own, by the last word of their path.
KEYED = {"questions": "key", "steps": "key", "choices": "value"}


@dataclass(frozen=True)
class Difference:
    """`field` is a path such as `questions.smell.label.nl`; `change` added, removed, changed or moved.

    `before` and `after` are the values there, None where there was nothing.
    """

    field: str
    change: str
    before: Any = None
    after: Any = None

    def to_dict(self) -> dict[str, Any]:
        return {"field": self.field, "change": self.change, "before": self.before, "after": self.after}


def compare(before: Content, after: Content) -> list[Difference]:
    """In the order of the fields of the newer one; what is gone comes last."""
    return list(_between("", before, after))


def _between(path: str, before: Any, after: Any) -> Iterator[Difference]:
    if before == after:
        return
    if isinstance(before, Mapping) and isinstance(after, Mapping):
        yield from _between_mappings(path, before, after)
    elif (key := KEYED.get(path.rpartition(".")[2])) and _lists(before, after):
        yield from _between_keyed(path, before or [], after or [], key)
    elif _lists(before, after):
        yield from _between_lists(path, before or [], after or [])
    else:
        yield Difference(path, _change(before, after), before, after)


def _between_mappings(path: str, before: Content, after: Content) -> Iterator[Difference]:
    for name in [*after, *(name for name in before if name not in after)]:
        here = f"{path}.{name}" if path else name
        yield from _between(here, before.get(name), after.get(name))


def _between_keyed(
    path: str, before: Sequence[Content], after: Sequence[Content], key: str
) -> Iterator[Difference]:
    old, new = ({each[key]: each for each in items} for items in (before, after))
    for name, item in new.items():
        if name not in old:
            yield Difference(f"{path}.{name}", "added", None, item)
        else:
            yield from _between_mappings(f"{path}.{name}", old[name], item)
    for name, item in old.items():
        if name not in new:
            yield Difference(f"{path}.{name}", "removed", item, None)
    kept_before, kept_after = [n for n in old if n in new], [n for n in new if n in old]
    if kept_before != kept_after:
        yield Difference(path, "moved", kept_before, kept_after)


def _between_lists(path: str, before: Sequence[Any], after: Sequence[Any]) -> Iterator[Difference]:
    """Of things without a key: what is there now and was not, and the other way round."""
    for item in after:
        if item not in before:
            yield Difference(path, "added", None, item)
    for item in before:
        if item not in after:
            yield Difference(path, "removed", item, None)
    if sorted(map(str, before)) == sorted(map(str, after)):
        yield Difference(path, "moved", list(before), list(after))


def _lists(before: Any, after: Any) -> bool:
    return isinstance(before, list | None) and isinstance(after, list | None)


def _change(before: Any, after: Any) -> str:
    if before is None:
        return "added"
    return "removed" if after is None else "changed"
