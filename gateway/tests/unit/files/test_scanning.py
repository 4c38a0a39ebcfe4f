"""The virus scanner: a program, or a daemon that speaks ClamAV's protocol."""

from __future__ import annotations

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from gateway.files.scanning import scanner
from servicekit.errors import Unavailable
from servicekit.settings import SettingsError

HARM = b"X5O!P%-the-usual-test-words"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[bytes], Path]:
    def write(body: bytes) -> Path:
        path = tmp_path / "file"
        path.write_bytes(body)
        return path

    return write


@pytest.fixture
def daemon() -> Iterator[str]:
    """Reads a file as clamd does, and finds harm in it when the usual test words are there."""
    listener = socket.create_server(("127.0.0.1", 0))

    def serve() -> None:
        while True:
            try:
                line, _ = listener.accept()
            except OSError:
                return
            with line, line.makefile("rb") as reader:
                assert reader.read(10) == b"zINSTREAM\0"
                body = b""
                while length := struct.unpack("!L", reader.read(4))[0]:
                    body += reader.read(length)
                line.sendall(b"stream: Test FOUND\0" if HARM in body else b"stream: OK\0")

    thread = threading.Thread(target=serve, daemon=True)
    thread.start()
    yield f"clamd://127.0.0.1:{listener.getsockname()[1]}"
    listener.shutdown(socket.SHUT_RDWR)
    listener.close()
    thread.join(5)


def test_without_a_setting_there_is_none() -> None:
    assert scanner("") is None


def test_the_daemon_says_what_is_clean(daemon: str, file: Callable[[bytes], Path]) -> None:
    scan = scanner(daemon)
    assert scan is not None
    assert scan(file(b"good words" * 20_000)) is True
    assert scan(file(b"x" * 200_000 + HARM)) is False


@pytest.mark.parametrize(("code", "clean"), [("exit 0", True), ("exit 1", False)])
def test_a_program_says_it_by_how_it_ends(
    code: str, clean: bool, tmp_path: Path, file: Callable[[bytes], Path]
) -> None:
    program = tmp_path / "scan"
    program.write_text(f'#!/bin/sh\ntest -f "$2" || exit 2\n{code}\n')
    program.chmod(0o755)
    scan = scanner(f"command:{program} --quiet")
    assert scan is not None
    assert scan(file(b"x")) is clean


@pytest.mark.parametrize(
    "setting",
    ["command:/no/such/program", "command:/bin/sh -c 'exit 2'", "clamd://127.0.0.1:1", "clamd:///no/socket"],
)
def test_one_that_does_not_answer_is_no_yes(setting: str, file: Callable[[bytes], Path]) -> None:
    scan = scanner(setting)
    assert scan is not None
    with pytest.raises(Unavailable):
        scan(file(b"x"))


@pytest.mark.parametrize("setting", ["clamav", "http://scanner", "clamd://"])
def test_a_setting_that_means_nothing_is_refused(setting: str) -> None:
    with pytest.raises(SettingsError):
        scanner(setting)
