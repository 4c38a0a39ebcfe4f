"""What the processes have written: errors, and how often the supplier took an order for the first time."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import groupby
from pathlib import Path

from deskcli.faults.evidence.evidence import LogLine

_TAKEN = re.compile(r"order (\S+): (accepted|refused|received)$")
_ERLANG = re.compile(r"^\S+ \S+ \[error\] (<[\d.]+>) ?")
_PLAIN_ERROR = re.compile(r"^(ERROR|CRITICAL) |^Traceback |\[error\]| (ERROR|PANIC): ")


def read_errors(folder: Path) -> Iterator[LogLine]:
    """Of all processes, this run's; a log that was begun anew on the way is read, too."""
    for log in sorted(folder.glob("*.log")):
        yield from errors_of(log.name.removesuffix(".log"), _lines(log))


def errors_of(process: str, lines: Iterable[str]) -> Iterator[LogLine]:
    for teller, told in groupby(lines, _erlang_process):
        if teller:
            yield LogLine(process, _report(told))
            continue
        for line in told:
            if line.startswith("{"):
                entry = _json(line)
                if entry.get("level") in ("error", "critical"):
                    yield LogLine(process, _brief(entry))
            elif _PLAIN_ERROR.search(line):
                yield LogLine(process, line.strip()[:400])


def read_taken(folder: Path, supplier: str) -> dict[tuple[str, str], int]:
    found: Counter[tuple[str, str]] = Counter()
    for line in _lines(folder / f"{supplier}.log"):
        taken = _TAKEN.search(line.strip())
        if taken:
            found[taken[1], taken[2]] += 1
    return dict(found)


def _erlang_process(line: str) -> str:
    """Who in RabbitMQ says this error, if that is what the line is."""
    found = _ERLANG.match(line)
    return found[1] if found else ""


def _report(lines: Iterable[str]) -> str:
    """RabbitMQ writes a report line by line, and may say only at its end why something ended."""
    first, *more = lines
    return " ".join([first.strip(), *(_ERLANG.sub("", line).strip() for line in more)])


def _brief(entry: dict[str, object]) -> str:
    told = {
        name: entry[name] for name in ("event", "code", "kind", "route", "detail", "error") if name in entry
    }
    return " ".join(f"{name}={value}" for name, value in told.items())[:400]


def _json(line: str) -> dict[str, object]:
    try:
        entry = json.loads(line)
    except ValueError:  # a process that was killed while it wrote
        return {}
    return entry if isinstance(entry, dict) else {}


def _lines(log: Path) -> Iterator[str]:
    if log.exists():
        with log.open(encoding="utf-8", errors="replace") as file:
            yield from file
