"""Which files belong to which order."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from servicekit.receipts import StoredFile

from dispatch.storage.tables import order_files

_f = order_files.c


class OrderFiles:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, work_order_id: UUID, files: Mapping[str, StoredFile], at: datetime) -> None:
        same = {"work_order_id": work_order_id, "at": at}
        rows = [{"file_id": UUID(key), **asdict(file), **same} for key, file in files.items()]
        if rows:
            self._connection.execute(sa.insert(order_files), rows)

    def find(self, work_order_id: UUID, file_id: UUID) -> dict[str, Any] | None:
        """Only as one of that order: an id alone says nothing about who may see it."""
        wanted = sa.select(order_files).where(_f.work_order_id == work_order_id, _f.file_id == file_id)
        row = self._connection.execute(wanted).first()
        return dict(row._asdict()) if row else None

    def known(self, digests: Sequence[str]) -> set[str]:
        asked = sa.cast(list(digests), sa.ARRAY(sa.Text))
        return set(self._connection.scalars(sa.select(_f.digest).where(_f.digest == sa.func.any(asked))))
