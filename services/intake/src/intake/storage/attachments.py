"""Which files belong to which request."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from intake.domain.values import Attachment
from intake.storage.tables import attachments

_a = attachments.c


class Attachments:
    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def add(self, request_id: UUID, files: Sequence[Attachment], at: datetime, public: bool) -> None:
        same = {"request_id": request_id, "at": at, "public": public}
        rows = [{**asdict(file), "attachment_id": UUID(file.attachment_id), **same} for file in files]
        self._connection.execute(sa.insert(attachments), rows)

    def count(self, request_id: UUID) -> int:
        found = sa.select(sa.func.count()).where(_a.request_id == request_id)
        return int(self._connection.scalar(found) or 0)

    def find(self, request_id: UUID, attachment_id: UUID) -> sa.Row[Any] | None:
        """Only as one of that request: an id alone says nothing about who may see it."""
        wanted = sa.select(attachments).where(_a.request_id == request_id, _a.attachment_id == attachment_id)
        return self._connection.execute(wanted).first()

    def known(self, digests: Sequence[str]) -> set[str]:
        wanted = sa.select(_a.digest).where(
            _a.digest == sa.func.any(sa.cast(list(digests), sa.ARRAY(sa.Text)))
        )
        return set(self._connection.scalars(wanted))
