"""The private PostgreSQL: who gets in, what survives, as whom it runs."""

from __future__ import annotations

import os
import signal
import threading
from pathlib import Path

import psycopg2
import pytest
from servicekit.embedded import owners
from servicekit.embedded.databases import create_databases
from servicekit.embedded.ports import free_ports
from servicekit.embedded.postgres import Postgres
from servicekit.embedded.programs import EmbeddedError

from .conftest import running

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the server to another user")


def query(url: str, statement: str) -> list[tuple[object, ...]]:
    """Run one statement and return its rows."""
    connection = psycopg2.connect(url)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(statement)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def test_a_role_reaches_its_own_database_and_no_other(postgres: Postgres, folder: Path) -> None:
    with running(postgres.program(), postgres.is_ready, folder / "log"):
        urls = create_databases(postgres.url, {"apples": "a-pass", "pears": "p-pass"}, whole_server=True)
        query(urls["apples"], "CREATE TABLE mine (id int)")
        for other in ("pears", "postgres", "template1"):
            url = urls["apples"].removesuffix("/apples") + f"/{other}"
            with pytest.raises(psycopg2.OperationalError, match="permission denied"):
                query(url, "SELECT 1")


def test_nobody_gets_in_without_the_password(postgres: Postgres, folder: Path) -> None:
    with running(postgres.program(), postgres.is_ready, folder / "log"):
        with pytest.raises(psycopg2.OperationalError, match="password authentication failed"):
            query(postgres.url.replace("correct-horse", "wrong"), "SELECT 1")
        assert query(postgres.url, "SHOW listen_addresses") == [("127.0.0.1",)]
        assert query(postgres.url, "SHOW unix_socket_directories") == [("",)]


def test_databases_are_made_once_and_their_passwords_follow(postgres: Postgres, folder: Path) -> None:
    with running(postgres.program(), postgres.is_ready, folder / "log"):
        first = create_databases(postgres.url, {"apples": "old"})
        query(first["apples"], "CREATE TABLE kept AS SELECT 7 AS value")
        second = create_databases(postgres.url, {"apples": "new"})
        assert query(second["apples"], "SELECT value FROM kept") == [(7,)]
        with pytest.raises(psycopg2.OperationalError):
            query(first["apples"], "SELECT 1")


def test_what_was_committed_survives_a_kill(folder: Path) -> None:
    server = Postgres(folder / "postgres", free_ports(1)[0], "correct-horse")
    server.prepare()
    with running(server.program(), server.is_ready, folder / "log") as pid:
        query(server.url, "CREATE TABLE kept AS SELECT 7 AS value")
        os.kill(pid, signal.SIGKILL)
    again = Postgres(folder / "postgres", free_ports(1)[0], "correct-horse")
    again.prepare()
    assert not again.is_ready(), "the pid file of the killed server must not count"
    assert not server.is_ready(), "nor when its successor will have the same port"
    with running(again.program(), again.is_ready, folder / "log"):
        assert query(again.url, "SELECT value FROM kept") == [(7,)]
    again.remove()


def test_a_server_waits_for_what_a_killed_one_left(postgres: Postgres, folder: Path) -> None:
    """One of its processes is held up, as a busy machine holds it up: beside it no other would start."""
    with running(postgres.program(), postgres.is_ready, folder / "log") as pid:
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        os.kill(int(children[0]), signal.SIGSTOP)
        os.kill(pid, signal.SIGKILL)
    threading.Timer(0.5, os.kill, (int(children[0]), signal.SIGKILL)).start()
    postgres.prepare()
    with running(postgres.program(), postgres.is_ready, folder / "log"):
        assert query(postgres.url, "SELECT 1") == [(1,)]


@pytest.mark.parametrize(("durable", "expected"), [(True, "on"), (False, "off")])
def test_only_tests_give_up_durability(folder: Path, durable: bool, expected: str) -> None:
    server = Postgres(folder / "postgres", free_ports(1)[0], "correct-horse", durable)
    server.prepare()
    with running(server.program(), server.is_ready, folder / "log"):
        for setting in ("fsync", "synchronous_commit", "full_page_writes"):
            assert query(server.url, f"SHOW {setting}") == [(expected,)]
    server.remove()


@as_root
def test_root_hands_the_server_to_another_user(postgres: Postgres, folder: Path) -> None:
    with running(postgres.program(), postgres.is_ready, folder / "log") as pid:
        assert os.stat(f"/proc/{pid}").st_uid != 0


@as_root
def test_a_closed_folder_sends_the_data_elsewhere_and_removal_finds_it(folder: Path) -> None:
    folder.chmod(0o700)
    server = Postgres(folder / "postgres", free_ports(1)[0], "correct-horse", durable=False)
    assert server.home.parent == Path("/var/lib")
    server.prepare()
    with running(server.program(), server.is_ready, folder / "log"):
        assert query(server.url, "SELECT 1") == [(1,)]
    server.remove()
    assert not server.home.exists()


def test_the_other_password_of_an_old_cluster_is_one_sentence(postgres: Postgres, folder: Path) -> None:
    with (
        running(postgres.program(), postgres.is_ready, folder / "log"),
        pytest.raises(EmbeddedError, match="refused the connection"),
    ):
        create_databases(postgres.url.replace("correct-horse", "wrong"), {"apples": "a"})


def test_a_folder_is_reachable_only_through_open_folders(folder: Path) -> None:
    stranger = owners.Owner(54_321, 54_321, "stranger")
    inner = folder / "inner"
    inner.mkdir(mode=0o755)
    assert owners.can_reach(inner, stranger)
    folder.chmod(0o700)
    assert not owners.can_reach(inner, stranger)
