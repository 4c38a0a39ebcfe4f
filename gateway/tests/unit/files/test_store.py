"""Where the bytes are, and when they go."""

from __future__ import annotations

import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from gateway.files.store import Store
from gateway.files.sweeping import SECONDS, sweep
from servicekit.clock import FixedClock


@pytest.fixture
def clock() -> FixedClock:
    return FixedClock(datetime.now(UTC))  # noqa: TID251 - the disk's own time


@pytest.fixture
def store(tmp_path: Path, clock: FixedClock) -> Store:
    return Store(tmp_path / "files", clock)


def keep(store: Store, body: bytes) -> str:
    incoming = store.receive(1000)
    incoming.write(body)
    incoming.close()
    digest = store.keep(incoming.path)
    incoming.forget()
    return digest


def files_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.rglob("*") if file.is_file())


def test_a_file_is_called_by_what_is_in_it(store: Store, tmp_path: Path) -> None:
    digest = keep(store, b"hello")
    assert digest == hashlib.sha256(b"hello").hexdigest()
    with store.open(digest) or pytest.fail("not there") as file:
        assert file.read() == b"hello"
    assert files_in(tmp_path) == [digest]


def test_the_same_bytes_are_kept_once(store: Store, tmp_path: Path) -> None:
    assert keep(store, b"same") == keep(store, b"same")
    assert len(files_in(tmp_path)) == 1


def test_nobody_but_the_gateway_may_look_around(store: Store, tmp_path: Path) -> None:
    digest = keep(store, b"private")
    kept = next(file for file in tmp_path.rglob(digest))
    assert kept.stat().st_mode & 0o777 == 0o400
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_what_is_not_a_digest_is_no_path(store: Store) -> None:
    for wrong in ("../../etc/passwd", "", "A" * 64, "a" * 63 + "/"):
        with pytest.raises(ValueError, match="digest"):
            store.open(wrong)
    assert store.open("0" * 64) is None


def test_past_its_limit_a_file_is_counted_and_not_written(store: Store) -> None:
    incoming = store.receive(10)
    for _ in range(5):
        incoming.write(b"123456")
    incoming.seek(0)
    assert incoming.too_large
    assert incoming.size == 30
    assert incoming.path.stat().st_size <= 10
    incoming.forget()
    assert not incoming.path.exists()


def test_the_sweep_takes_what_is_old_and_nobodys(store: Store, clock: FixedClock) -> None:
    used, orphan = keep(store, b"used"), keep(store, b"orphan")
    asked: list[list[str]] = []

    def known(digests: list[str]) -> set[str]:
        asked.append(digests)
        return {used}

    assert sweep(store, known) == 0
    assert asked == []
    clock.move(timedelta(seconds=SECONDS + 60))
    assert sweep(store, known) == 1
    assert asked == [sorted([used, orphan])]
    assert store.open(orphan) is None
    (store.open(used) or pytest.fail("gone")).close()


def test_while_nobody_can_say_what_is_used_nothing_goes(store: Store, clock: FixedClock) -> None:
    digest = keep(store, b"somebody's")
    clock.move(timedelta(seconds=SECONDS + 60))
    with pytest.raises(ConnectionError):
        sweep(store, lambda _: (_ for _ in ()).throw(ConnectionError()))
    (store.open(digest) or pytest.fail("gone")).close()


def test_bytes_that_are_brought_again_stay(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    """The sweep has asked who uses it, and in that moment it is brought anew."""
    digest = keep(store, b"again")
    old = (clock.now() - timedelta(seconds=SECONDS + 60)).timestamp()
    os.utime(next(tmp_path.rglob(digest)), (old, old))

    def brought_meanwhile(_: list[str]) -> set[str]:
        keep(store, b"again")
        return set()

    assert sweep(store, brought_meanwhile) == 0
    (store.open(digest) or pytest.fail("gone")).close()


def test_what_was_left_half_way_goes_too(store: Store, clock: FixedClock, tmp_path: Path) -> None:
    left = store.receive(10)
    left.close()
    clock.move(timedelta(seconds=SECONDS + 60))
    sweep(store, lambda _: set())
    assert not left.path.exists()
