"""camelCase outside, snake_case inside.

Keys that people made up (the answers to a product's questions) and the language tags of localised texts are
data, not names: what lies under the fields in OPAQUE is passed on as it is.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Any

# Fields whose value has keys that are not ours. A test holds this against the schemas.
OPAQUE = frozenset(
    [
        "answers",
        "filled",
        "title",
        "name",
        "description",
        "category",
        "label",
        "body",
        "headers",
        "instructions",
        "mapping",
        "sentence",
        "reason",
    ]
)

_UPPER = re.compile(r"(?<=[a-z0-9])([A-Z])")


@lru_cache(maxsize=4096)
def camel(name: str) -> str:
    """`resolve_by` -> `resolveBy`."""
    head, *tail = name.split("_")
    return head + "".join(part[:1].upper() + part[1:] for part in tail)


def snake(name: str) -> str:
    """`resolveBy` -> `resolve_by`."""
    return _UPPER.sub(lambda found: "_" + found.group(1).lower(), name)


def camel_path(path: str) -> str:
    """A dotted field name of an error; what lies under an opaque field is left alone."""
    parts = path.split(".")
    opaque = next((index for index, part in enumerate(parts) if part in OPAQUE), len(parts))
    return ".".join([camel(part) for part in parts[: opaque + 1]] + parts[opaque + 1 :])


def camelise(value: Any) -> Any:
    """`value` with the names of its fields as the API spells them."""
    if type(value) is dict:
        return {camel(key): item if key in OPAQUE else camelise(item) for key, item in value.items()}
    if type(value) is list:
        return [camelise(item) for item in value]
    return value
