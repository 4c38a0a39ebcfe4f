"""The narrow socket of the demo's pages: suppliers, and nothing else."""

from __future__ import annotations

from pathlib import Path

import pytest
from demo_supplier import settings
from deskcli import control
from deskcli.supplier_switches import MODES, SOCKET, SupplierSwitches, mode_file
from servicekit.embedded.programs import EmbeddedError


class Processes:
    """What a system would be asked to do."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, str]] = []

    def stop_process(self, name: str) -> None:
        self.asked.append(("stop", name))

    def start_process(self, name: str) -> None:
        self.asked.append(("start", name))

    def names(self) -> list[str]:
        return ["intake", "supplier-vonk-val", "supplier-lepel-lade"]

    def pids(self) -> dict[str, int]:
        return {"intake": 11, "supplier-vonk-val": 12}


@pytest.fixture
def processes() -> Processes:
    return Processes()


@pytest.fixture
def switches(processes: Processes, tmp_path: Path) -> SupplierSwitches:
    return SupplierSwitches(processes, tmp_path)


def test_only_suppliers_are_shown(switches: SupplierSwitches) -> None:
    shown = [(one["name"], one["running"], one["mode"]) for one in switches.suppliers()]
    assert shown == [("supplier-vonk-val", True, "accept"), ("supplier-lepel-lade", False, "accept")]


@pytest.mark.parametrize(
    "name", ["intake", "postgres", "supplier-", "supplier-../intake", "", "supplier-nobody"]
)
def test_nothing_but_a_known_supplier_can_be_touched(
    name: str, switches: SupplierSwitches, processes: Processes, tmp_path: Path
) -> None:
    for act in (switches.stop, switches.start, lambda name: switches.mode(name, "refuse")):
        with pytest.raises(EmbeddedError):
            act(name)
    assert processes.asked == []
    assert list(tmp_path.iterdir()) == []


def test_the_socket_offers_no_other_command(switches: SupplierSwitches, tmp_path: Path) -> None:
    with control.serving(tmp_path, switches.commands(), SOCKET):
        for command in ("kill", "status", "restart"):
            with pytest.raises(EmbeddedError):
                control.ask(tmp_path, command, socket_name=SOCKET, name="supplier-vonk-val")
        control.ask(tmp_path, "stop", socket_name=SOCKET, name="supplier-vonk-val")


def test_the_mode_is_what_the_program_reads(switches: SupplierSwitches, tmp_path: Path) -> None:
    program = settings.Settings(
        "amqp://x", tmp_path / "record", mode_file=mode_file(tmp_path, "supplier-vonk-val")
    )
    assert program.mode_now() == "accept"
    switches.mode("supplier-vonk-val", "manual")
    assert program.mode_now() == "manual"
    assert switches.suppliers()[0]["mode"] == "manual"


def test_an_unknown_mode_is_refused(switches: SupplierSwitches) -> None:
    with pytest.raises(EmbeddedError, match="manual"):
        switches.mode("supplier-vonk-val", "sleepy")


def test_both_sides_know_the_same_modes() -> None:
    assert set(MODES) == set(settings.MODES)


def test_how_an_earlier_run_was_left_is_forgotten(processes: Processes, tmp_path: Path) -> None:
    SupplierSwitches(processes, tmp_path).mode("supplier-vonk-val", "silent")
    assert SupplierSwitches(processes, tmp_path).suppliers()[0]["mode"] == "accept"
