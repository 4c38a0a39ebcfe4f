"""What mutmut found, read from the files it leaves: each mutant with its verdict and what it changed."""

from __future__ import annotations

import ast
import difflib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from deskcli.mutating.left_out import built_at_import, only_words

MUTANT = re.compile(r"(?P<function>.+)__mutmut_(?P<number>\d+)$")


class Verdict(StrEnum):
    KILLED = "killed"
    SURVIVED = "survived"
    NOT_REACHED = "not reached"  # no unit test calls the function
    UNDECIDED = "undecided"  # mutmut was stopped, or the mutant took its process with it


class LeftOut(StrEnum):
    """Why a mutant says nothing about the tests."""

    WORDS = "words"  # only the wording of a sentence for people differs
    IMPORT = "import"  # runs at import, before mutmut can put the mutant in its place


# The exit codes of a mutant's pytest. One that never ends was noticed as well: mutmut kills it at its limit.
VERDICTS = {
    0: Verdict.SURVIVED,
    5: Verdict.NOT_REACHED,
    33: Verdict.NOT_REACHED,
    **dict.fromkeys((1, 3, 36, -24, 24, 152, 255), Verdict.KILLED),
}


@dataclass(frozen=True)
class Mutant:
    module: str  # as Python imports it
    function: str  # with its class: Patience.of
    number: int
    verdict: Verdict
    left_out: LeftOut | None
    diff: str  # only the lines that differ


def read(copy: Path) -> list[Mutant]:
    """Return all mutants of a copied service, in the order of modules and functions."""
    found = sorted((copy / "mutants" / "src").rglob("*.py.meta"))
    return [mutant for meta in found for mutant in _of_module(copy, meta)]


def _of_module(copy: Path, meta: Path) -> Iterator[Mutant]:
    mutated = meta.with_suffix("")
    original = copy / mutated.relative_to(copy / "mutants")
    early = built_at_import(original.read_text(encoding="utf-8"))
    functions = _functions(mutated.read_text(encoding="utf-8"))
    codes = json.loads(meta.read_text(encoding="utf-8"))["exit_code_by_key"]
    for key, code in codes.items():
        module, _, name = key.rpartition(".")
        parts = MUTANT.match(name)
        assert parts, name
        before, after = functions[f"{parts['function']}__mutmut_orig"], functions[name]
        said = readable(parts["function"])
        yield Mutant(
            module,
            said,
            int(parts["number"]),
            VERDICTS.get(code, Verdict.UNDECIDED),
            LeftOut.IMPORT if said in early else LeftOut.WORDS if only_words(before, after) else None,
            _diff(before, after),
        )


def readable(name: str) -> str:
    """Undo mutmut's names: x_begin is begin, xǁPatienceǁof is Patience.of."""
    return ".".join(name[2:].split("ǁ")) if name.startswith("xǁ") else name.removeprefix("x_")


def _functions(source: str) -> dict[str, str]:
    """Return every variant that mutmut wrote, by its name, as source with one name for all."""
    lines = source.splitlines()
    found = {}
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef) and "__mutmut_" in node.name:
            text = "\n".join(lines[node.lineno - 1 : node.end_lineno])
            found[node.name] = text.replace(node.name, "function", 1)
    return found


def _diff(before: str, after: str) -> str:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return "\n".join(line for line in lines if not line.startswith(("---", "+++", "@@")))
