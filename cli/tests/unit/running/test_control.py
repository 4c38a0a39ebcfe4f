"""Commands from another terminal."""

from __future__ import annotations

from pathlib import Path

import pytest
from deskcli import control
from servicekit.embedded.programs import EmbeddedError


def refuse() -> None:
    raise EmbeddedError("not now")


def test_a_command_is_carried_out_and_answered(tmp_path: Path) -> None:
    with control.serving(tmp_path, {"add": lambda a, b: a + b}):
        assert control.ask(tmp_path, "add", a=2, b=3) == 5


def test_it_works_in_a_folder_deeper_than_a_socket_name_may_be(tmp_path: Path) -> None:
    deep = tmp_path / ("very deep " * 12) / "run"
    deep.mkdir(parents=True)
    with control.serving(deep, {"hello": lambda: "there"}):
        assert control.ask(deep, "hello") == "there"


def test_a_refusal_is_the_sentence_of_the_one_who_refused(tmp_path: Path) -> None:
    with control.serving(tmp_path, {"refuse": refuse}), pytest.raises(EmbeddedError, match=r"^not now$"):
        control.ask(tmp_path, "refuse")


@pytest.mark.parametrize(("command", "arguments"), [("unknown", {}), ("hello", {"surprise": 1})])
def test_a_wrong_command_does_not_end_the_system(
    tmp_path: Path, command: str, arguments: dict[str, int]
) -> None:
    with control.serving(tmp_path, {"hello": lambda: "there"}):
        with pytest.raises(EmbeddedError, match="cannot be carried out"):
            control.ask(tmp_path, command, **arguments)
        assert control.ask(tmp_path, "hello") == "there"


def test_without_a_running_system_it_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(EmbeddedError, match=r"start it with \./desk up"):
        control.ask(tmp_path / "nowhere", "status")
    with pytest.raises(EmbeddedError, match=r"start it with \./desk up"):
        control.ask(tmp_path, "status")
