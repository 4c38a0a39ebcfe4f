"""A backup of a system that works, restored in another place, goes on where it was."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from deskcli.backlog import Backlog
from deskcli.backup import databases
from deskcli.backup.restoring import restore
from deskcli.layout import Layout
from deskcli.system import System
from deskcli.testing.whole import watching
from deskcli.walk.chapters.fault import answers_for
from deskcli.walk.stage import Stage
from servicekit.embedded.programs import EmbeddedError

BUSINESS = {  # what people would miss
    "intake": ("requests", "people", "attachments", "locations"),
    "dispatch": ("work_orders", "deliveries", "providers", "supplier_access"),
    "monitoring": ("clocks",),
    "catalog": ("products", "product_versions", "articles"),
    "notifications": ("messages",),
    "gateway": ("accounts",),
}


@pytest.fixture
def folder() -> Iterator[Path]:
    with tempfile.TemporaryDirectory(prefix="desk-backup-") as name:
        Path(name).chmod(0o711)
        yield Path(name)


def system(place: Path) -> AbstractContextManager[System]:
    return watching(System(place, durable=False))


def report(stage: Stage, text: str, *receipts: str) -> dict[str, Any]:
    """A fault that the supplier over the broker carries out."""
    product = stage.product("heating-fault")
    body = {"kind": "fault", "channel": "site", "text": text, "productId": product["productId"]}
    more = {"attachments": list(receipts)} if receipts else {}
    return stage.person("sanne").post("/requests", {**body, "answers": answers_for(product), **more})


def settled(running: System) -> dict[str, Any]:
    """What there is when all is done: rows of the tables that count, and the mails that were sent."""
    with Backlog(running.urls) as backlog:
        backlog.wait()
    found: dict[str, Any] = {
        f"{name}.{table}": databases.counts(running.urls[f"{name} database"])[table]
        for name, tables in BUSINESS.items()
        for table in tables
    }
    return {**found, "mails": len(list(running.layout.mailbox.glob("*.eml")))}


def test_what_is_restored_is_whole_and_goes_on(folder: Path) -> None:
    with system(folder / "one") as running:
        stage = Stage.of(running)
        receipts = stage.person("sanne").bring(("radiator.txt", b"bij het raam"))
        before = report(stage, "De radiator bij 2.14 wordt niet warm.", *receipts)
        # Its supplier goes on with it here and there, and its requester hears when that is done.
        stage.until(before["requestId"], "done", lambda it: it["state"] == "ready")
        at_backup = settled(running)
        made = running.backup(str(folder / "copy"))
        assert made["rows"] > sum(count for place, count in at_backup.items() if place != "mails")
        after = report(Stage.of(running), "Dit staat er niet in.")  # the desk is there again
        settled(running)

    restore(Layout(folder / "two"), folder / "copy", lambda _said: None)
    with system(folder / "two") as running:
        assert settled(running) == at_backup
        stage = Stage.of(running)
        sanne = stage.person("sanne")
        assert sanne.get(f"/requests/{before['requestId']}")["reference"] == before["reference"]
        assert sanne.refused(f"/requests/{after['requestId']}/replies", {"text": "Wie?"}) == 404
        again = report(stage, "Na het terugzetten.")
        assert again["reference"] > after["reference"]  # never the number of what is gone
        settled(running)
        order = stage.dossier(again["requestId"])["orders"][0]
        assert order["state"] not in ("prepared", "issued")  # the supplier was let in again, and has it


def test_a_damaged_backup_changes_nothing(folder: Path) -> None:
    (folder / "copy").write_bytes(b"no archive")
    place = Layout(folder / "two")
    place.make()
    place.secrets.write_text("{}")
    with pytest.raises(EmbeddedError, match="not a whole backup"):
        restore(place, folder / "copy", lambda _said: None)
    assert place.secrets.exists()
