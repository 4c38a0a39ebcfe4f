"""Objects of a building that are known one by one: a lift, a radiator, a coffee machine."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from intake.domain.values import Place

MOST_CODE = 24
CODE = re.compile(r"[A-Z0-9]+(-[A-Z0-9]+)*")


def code_of(said: str) -> str | None:
    """As it stands on the sticker, whatever case it was typed in. None for what can't be one."""
    code = said.strip().upper()
    return code if len(code) <= MOST_CODE and CODE.fullmatch(code) else None


@dataclass(frozen=True, slots=True)
class AssetRef:
    """An object as a request keeps it: what was known of it when it was reported. `warranty_until`: its last
    day, as text. `supplier`: the slug of a provider of dispatch.
    """

    asset_id: str
    code: str
    name: Mapping[str, str]
    kind: str
    warranty_until: str | None = None
    supplier: str | None = None

    def called(self, language: str) -> str:
        return self.name.get(language) or next(iter(self.name.values()))

    @classmethod
    def of(
        cls, asset_id: UUID, code: str, name: Mapping[str, str], kind: str, until: date | None,
        supplier: str | None,
    ) -> AssetRef:  # fmt: skip
        return cls(str(asset_id), code, name, kind, until.isoformat() if until else None, supplier)


@dataclass(frozen=True, slots=True)
class Asset:
    """One of the register, with the place where it is now."""

    ref: AssetRef
    place: Place
    withdrawn: bool = False
