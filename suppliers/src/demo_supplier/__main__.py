"""`python -m demo_supplier` listens; `python -m demo_supplier
orders|accept|refuse|start|pause|resume|complete` lets a person answer, also while it listens.
"""

from __future__ import annotations

import argparse
import logging
import os

from supplierkit import DeskError, DeskUnavailable

from demo_supplier.company import Company
from demo_supplier.settings import Settings

PAUSE = {"reason": "material", "counterparty": "supplier"}


def main() -> None:
    logging.basicConfig(
        level=os.environ.get("LOG_LEVEL", "INFO"), format="%(levelname)s %(name)s: %(message)s"
    )
    words = argparse.ArgumentParser(prog="demo_supplier", description=__doc__)
    words.add_argument("what", nargs="?", default="run", choices=["run", "orders", *TOLD])
    words.add_argument("number", nargs="?", help="the order's number")
    words.add_argument("--reason", default="Geen monteur beschikbaar.")
    given = words.parse_args()
    supplier = Company(Settings.from_environment())
    if given.what == "run":
        supplier.run()
    elif given.what == "orders":
        for order in supplier.unfinished():
            print(order.number, order.title(), sep="\t")  # noqa: T201  this is its answer
    else:
        _tell(supplier, given)


def _complete(supplier: Company, number: str) -> None:
    points = supplier.look_up(number).get("checklist") or ()
    supplier.complete(number, checklist=list(range(len(points))))


TOLD = {
    "accept": lambda supplier, given: supplier.accept(given.number),
    "refuse": lambda supplier, given: supplier.refuse(given.number, given.reason),
    "start": lambda supplier, given: supplier.progress(given.number, "start"),
    "pause": lambda supplier, given: supplier.progress(given.number, "pause", pause=PAUSE),
    "resume": lambda supplier, given: supplier.progress(given.number, "resume"),
    "complete": lambda supplier, given: _complete(supplier, given.number),
}


def _tell(supplier: Company, given: argparse.Namespace) -> None:
    if not given.number:
        raise SystemExit("Which order? Give its number; `orders` lists them.")
    try:
        TOLD[given.what](supplier, given)
    except (DeskError, DeskUnavailable) as error:
        raise SystemExit(f"{given.number}: {error}") from error
    print(f"{given.number}: {given.what} is told to the desk")  # noqa: T201  this is its answer


if __name__ == "__main__":
    main()
