"""Photos and documents that come with completion. Their bytes are with the gateway (ADR 17); what they
belong to is here.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from servicekit.errors import NotFound
from servicekit.receipts import Receipts, StoredFile, bearer_of, of_provider

from dispatch.domain.confidence import is_sealed, reads
from dispatch.handlers.acting import act_on_work_order
from dispatch.handlers.parties import own_provider
from dispatch.handlers.supplier_desk import caller, told_by_supplier
from dispatch.storage.unit_of_work import DispatchWork

# By the identifier under which each is kept.
Files = dict[str, StoredFile]


def act_with_files(
    work: DispatchWork, receipts: Receipts, attachments: Sequence[str] | None = None, **command: Any
) -> dict[str, Any]:
    """`act_on_work_order` with what the receipts stand for. Raises Invalid for one of another."""
    files = _read(work, receipts, attachments, bearer_of(work.actor))
    shown = act_on_work_order(work, **command, files=lines_of(files))
    _keep(work, shown["work_order_id"], files)
    return shown


def told_with_files(
    work: DispatchWork, receipts: Receipts, user: str, attachments: Sequence[str] | None = None, **said: Any
) -> dict[str, Any]:
    """`told_by_supplier`, with files that the supplier brought to the API before."""
    bearer = of_provider(str(caller(work, user).provider_id)) if attachments else ""
    files = _read(work, receipts, attachments, bearer)
    shown = told_by_supplier(work, user, **said, files=lines_of(files))
    _keep(work, shown["order_id"], files)
    return shown


def lines_of(files: Files) -> list[dict[str, Any]] | None:
    """As they stand in the record; without the name under which the bytes are kept."""
    names = ("name", "media_type", "size", "scanned")
    lines = [{"file_id": key, **{name: getattr(file, name) for name in names}} for key, file in files.items()]
    return lines or None


def get_order_file(work: DispatchWork, work_order_id: UUID, file_id: UUID) -> dict[str, Any]:
    """Where its bytes are, for who may see the order. Raises NotFound."""
    order, only = work.orders.find(work_order_id), own_provider(work.actor)
    row = work.files.find(work_order_id, file_id)
    if order is None or row is None or (only is not None and order.provider.provider_id != only):
        raise _no_such_file()
    process = work.processes.find(order.request_id)
    confidential = process is not None and is_sealed(process.request)
    if confidential and not reads(work.actor.provider_id, order):
        raise _no_such_file()
    return row


def _no_such_file() -> NotFound:
    return NotFound("no_such_attachment", "There is no such file with this order.")


def list_known_files(work: DispatchWork, digests: Sequence[str]) -> dict[str, Any]:
    """Of these, those that an order refers to."""
    return {"digests": sorted(work.files.known(digests))}


def _read(work: DispatchWork, receipts: Receipts, given: Sequence[str] | None, bearer: str) -> Files:
    return {str(work.new_id()): receipts.read(receipt, bearer) for receipt in dict.fromkeys(given or ())}


def _keep(work: DispatchWork, work_order_id: UUID, files: Files) -> None:
    """Those that the order's record has now: a word that was said twice adds none."""
    order = work.orders.find(work_order_id) if files else None
    in_record = {line["file_id"] for line in ((order and order.record) or {}).get("files", ())}
    work.files.add(work_order_id, {key: file for key, file in files.items() if key in in_record}, work.now)
