"""The story of a database whose disk fills up; `test_full_disk.py` runs it in a mount namespace of its own.

`python full_disk.py FOLDER`: the database lies on a small file system that only this process and its children
see. Prints one line of JSON about what clients saw, and fails like any test when something is not right.
"""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import requests
from deskcli.system import System
from house import House, until  # type: ignore[import-not-found]  # run as a file: it lies beside it
from servicekit.ids import new_id

SIZE = "400m"
FULL_SECONDS = 12.0
SAID = r"No space left on device|could not (extend|write|access)|crash of another server process|PANIC"


def main(folder: Path) -> None:
    disk = folder / "state" / "data" / "postgres"
    disk.mkdir(parents=True)
    for part in (folder, folder / "state", folder / "state" / "data", disk):
        part.chmod(0o711)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={SIZE},mode=711", "tmpfs", str(disk)], check=True)
    with System(folder / "state") as system:
        house = House.of(system)
        sanne = house.client("sanne")
        assert house.report(sanne, "lamp-broken", "[before]").accepted
        fill(disk)
        seen = report_on_a_full_disk(house, sanne.session.headers["Authorization"])
        (disk / "filler").unlink()
        assert until(lambda: house.report(sanne, "lamp-broken", "[after]").accepted, "room to write")
        until(lambda: ready(system), "the whole house")
        house.assert_all_is_right(SAID)
    print(json.dumps(seen))


def fill(disk: Path) -> None:
    """To the last byte, and what the server sets free meanwhile, too."""
    with open(disk / "filler", "ab", buffering=0) as filler:
        for size in (1 << 20, 4096, 1):
            try:
                while True:
                    filler.write(b"\0" * size)
            except OSError:
                continue


def report_on_a_full_disk(house: House, token: str | bytes) -> dict[str, int]:
    """Reports, one after another; each is made or refused, and what is made is noted as made."""
    seen: Counter[str] = Counter()
    url, began, n = house.system.urls["gateway"], time.monotonic(), 0
    while time.monotonic() - began < FULL_SECONDS:
        n += 1
        marker, key = f"[full-{n}]", str(new_id())
        body = {"channel": "site", "text": f"{'Vol. ' * 2000}{marker}"}
        headers = {"Authorization": token, "Idempotency-Key": key}
        answer = requests.post(f"{url}/v1/requests", json=body, headers=headers, timeout=15)
        seen[str(answer.status_code)] += 1
        if answer.status_code == 201:
            house.accepted(marker, key, answer.json())
        else:
            assert answer.headers["Content-Type"].startswith("application/problem+json"), answer.text
            assert answer.status_code == 503, answer.text
            assert answer.json()["code"] in ("database_away", "no_answer")
        fill(house.system.layout.data / "postgres")
    return dict(seen)


def ready(system: System) -> bool:
    return requests.get(f"{system.urls['gateway']}/readyz", timeout=15).status_code == 200


if __name__ == "__main__":
    main(Path(sys.argv[1]))
