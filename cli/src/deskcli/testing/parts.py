"""The parts of `./desk test`, one row each."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from deskcli.layout import ROOT

WARNINGS_ARE_ERRORS = ("-W", "error")


@dataclass(frozen=True)
class Part:
    """Tests that need the same surroundings. `folders` are patterns below the checkout."""

    name: str
    says: str
    folders: tuple[str, ...]
    needs_database: bool = False
    needs_broker: bool = False
    green: bool = False  # eventlet patches the standard library before pytest is loaded, as in a service
    # Parts of one lane run one after another. Each lane takes about as long; parts that mostly wait (for
    # outages, pauses, timeouts, a browser) stand beside those that keep the processor busy.
    lane: int = 0

    def paths(self) -> list[Path]:
        """Return the folders that exist."""
        return sorted(folder for pattern in self.folders for folder in ROOT.glob(pattern) if folder.is_dir())


STATIC = "static"
PARTS = (
    Part(
        "unit",
        "rules and arithmetic, without servers",
        (
            "services/*/tests/unit", "gateway/tests/unit", "suppliers/tests/unit",
            "servicekit/tests/unit", "contracts/tests", "cli/tests/unit",
        ),
    ),
    Part("contracts", "what crosses the broker, on both sides", ("tests/contracts",)),
    Part("embedded", "the private database and broker themselves", ("servicekit/tests/embedded",)),
    Part(
        "integration",
        "storage on a real PostgreSQL, through the migrations",
        (
            "services/*/tests/integration", "gateway/tests/integration", "suppliers/tests/integration",
            "servicekit/tests/integration", "cli/tests/integration",
        ),
        needs_database=True,
        needs_broker=True,
    ),
    Part(
        "faults",
        "killed and cut off on purpose: nothing lost, nothing done twice",
        ("tests/faults",),
        lane=1,
    ),
    Part(
        "messaging",
        "calls and events over a real RabbitMQ",
        ("servicekit/tests/messaging", "suppliers/tests/messaging", "services/*/tests/messaging"),
        needs_database=True,
        needs_broker=True,
        green=True,
        lane=2,
    ),
    Part(
        "security",
        "a hostile supplier, and hostile messages, against dispatch on a real RabbitMQ",
        ("tests/security",),
        needs_database=True,
        green=True,
    ),
    Part("attacks", "the whole system, by who reads and tries all of it", ("tests/attacks",), lane=2),
    Part(
        "ordering",
        "facts in any order, late and doubled, come to the same",
        ("tests/ordering",),
        needs_database=True,
    ),
    Part("e2e", "the whole system, from outside", ("tests/e2e",), lane=2),
    Part("fuzz", "every operation, as every role, with right and wrong input", ("tests/fuzz",), lane=1),
    Part("browser", "the pages, in a real browser", ("tests/browser",), lane=1),
    Part(
        "containers",
        "the images; with a Docker engine, the system in them",
        ("tests/compose",),
    ),
)  # fmt: skip
NAMES = (STATIC, *(part.name for part in PARTS))
LANES = 1 + max(part.lane for part in PARTS)
