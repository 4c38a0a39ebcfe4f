"""What `./desk mutate` makes of mutmut's files: verdicts, what is left out and why, and the table."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from deskcli.mutating import command, report, running
from deskcli.mutating.left_out import built_at_import, only_words
from deskcli.mutating.verdicts import LeftOut, Mutant, Verdict, read, readable

ORIGINAL = """\
def _held(rows):
    return set(rows)

HELD = _held(["new"])

def check(at, until):
    if until <= at:
        raise ValueError("Choose a later moment.")

class Patience:
    def of(self, house):
        return house
"""
# What mutmut 3.8.1 writes beside it: each variant under a name of its own.
MUTATED = """\
def x__held__mutmut_orig(rows):
    return set(rows)

def x__held__mutmut_1(rows):
    return set(None)

def x_check__mutmut_orig(at, until):
    if until <= at:
        raise ValueError("Choose a later moment.")

def x_check__mutmut_1(at, until):
    if until < at:
        raise ValueError("Choose a later moment.")

def x_check__mutmut_2(at, until):
    if until <= at:
        raise ValueError("XXChoose a later moment.XX")

def x_check__mutmut_3(at, until):
    if until <= at:
        raise ValueError(None)

class Patience:
    def xǁPatienceǁof__mutmut_orig(self, house):
        return house

    def xǁPatienceǁof__mutmut_1(self, house):
        return None
"""
CODES = {
    "x__held__mutmut_1": 0,
    "x_check__mutmut_1": 0,
    "x_check__mutmut_2": 0,
    "x_check__mutmut_3": 1,
    "xǁPatienceǁof__mutmut_1": 33,
}


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copied service as mutmut leaves it."""
    for folder, text in (("src", ORIGINAL), ("mutants/src", MUTATED)):
        module = tmp_path / folder / "desk/domain/silence.py"
        module.parent.mkdir(parents=True)
        module.write_text(text, encoding="utf-8")
    codes = {f"desk.domain.silence.{name}": code for name, code in CODES.items()}
    Path(f"{module}.meta").write_text(json.dumps({"exit_code_by_key": codes}), encoding="utf-8")
    return tmp_path


def test_each_mutant_has_its_verdict_and_its_reason_to_be_left_out(copy: Path) -> None:
    found = {(each.function, each.number): (each.verdict, each.left_out) for each in read(copy)}
    assert found == {
        ("_held", 1): (Verdict.SURVIVED, LeftOut.IMPORT),
        ("check", 1): (Verdict.SURVIVED, None),
        ("check", 2): (Verdict.SURVIVED, LeftOut.WORDS),
        ("check", 3): (Verdict.KILLED, None),
        ("Patience.of", 1): (Verdict.NOT_REACHED, None),
    }


def test_a_survivor_that_counts_is_shown_as_the_lines_that_differ(copy: Path) -> None:
    shown = report.survivors(read(copy))
    assert shown == "desk.domain.silence: check (1)\n-    if until <= at:\n+    if until < at:"


def test_the_share_is_of_what_tests_reach_and_what_is_left_out_stands_beside_it(copy: Path) -> None:
    score = report.Score.of(read(copy))
    assert score.share == 1 / 2
    assert score.counts == {Verdict.KILLED: 1, Verdict.SURVIVED: 1, Verdict.NOT_REACHED: 1}
    assert score.left_out == {LeftOut.IMPORT: 1, LeftOut.WORDS: 1}


@pytest.mark.parametrize(
    ("code", "verdict"),
    [
        (1, "killed"),
        (0, "survived"),
        (33, "not reached"),
        (-24, "killed"),
        (None, "undecided"),
        (-11, "undecided"),
    ],
)
def test_a_mutant_that_never_ends_is_noticed_and_a_crash_decides_nothing(
    copy: Path, code: int | None, verdict: str
) -> None:
    meta = next(copy.rglob("*.meta"))
    meta.write_text(json.dumps({"exit_code_by_key": {"desk.domain.silence.x_check__mutmut_1": code}}))
    assert [each.verdict for each in read(copy)] == [verdict]


def test_again_tries_only_what_was_not_killed(copy: Path) -> None:
    running.forget_what_lived(copy)
    undecided = {(each.function, each.number) for each in read(copy) if each.verdict is Verdict.UNDECIDED}
    assert undecided == {("_held", 1), ("check", 1), ("check", 2), ("Patience.of", 1)}


@pytest.mark.parametrize(
    ("before", "after", "words"),
    [
        ("f('Say when.')", "f('XXSay when.XX')", True),
        ("f('Say when.')", "f('say when.')", True),
        ("f('Say when.')", "f(None)", False),  # no sentence at all is not another wording
        ("f('state')", "f('XXstateXX')", False),  # a name of a field or a state
        ("', '.join(x)", "'XX, XX'.join(x)", False),
        ("f('Say when.') + 1", "f('Say when.') - 1", False),
    ],
)
def test_only_the_wording_of_sentences_is_left_out(before: str, after: str, words: bool) -> None:
    assert only_words(before, after) is words


@pytest.mark.parametrize(
    ("source", "early"),
    [
        ("def _f(): ...\nT = _f()", {"_f"}),
        ("def _g(): ...\ndef _f(): _g()\nT = _f()", {"_f", "_g"}),
        ("def _f(): ...\nT = {'a': _f}", set()),  # the table mentions it; who looks there calls it later
        ("def _f(): ...\nT = _f()\ndef g(): return _f()", set()),
        ("def _g(): ...\ndef _f(): _g()\nT = _f()\nclass C:\n  def m(self): _g()", {"_f"}),
        ("def f(): ...\nT = f()", set()),  # another module may call it
    ],
)
def test_what_only_builds_tables_at_import_is_left_out(source: str, early: set[str]) -> None:
    assert built_at_import(source) == early


@pytest.mark.parametrize(
    ("name", "said"), [("x_begin", "begin"), ("x__held", "_held"), ("xǁPatienceǁof", "Patience.of")]
)
def test_names_are_shown_as_they_are_in_the_code(name: str, said: str) -> None:
    assert readable(name) == said


def test_the_verdict_of_a_service_says_whether_the_goal_is_reached() -> None:
    def mutants(*verdicts: Verdict) -> list[Mutant]:
        return [Mutant("desk.domain", "check", n, verdict, None, "") for n, verdict in enumerate(verdicts)]

    nine = [Verdict.KILLED] * 9
    assert report.verdict("desk", mutants(*nine, Verdict.SURVIVED)).endswith(
        "90.0% killed; the goal of 90% is reached."
    )
    assert report.verdict("desk", mutants(*nine, *[Verdict.SURVIVED] * 2)).endswith("is not reached.")
    stopped = report.verdict("desk", mutants(*nine, Verdict.UNDECIDED))
    assert stopped == "desk: 100.0% killed so far; 1 are undecided."
    assert report.verdict("desk", mutants(Verdict.NOT_REACHED)) == "desk: no unit test reaches its rules."


def test_how_far_mutmut_is_stands_in_the_line_that_it_writes_over() -> None:
    assert running.how_far("\r⠋ 77/1059  🎉 17\r⠙ 78/1059  🎉 18".encode()) == "78 of 1059 mutants tried"
    assert running.how_far(b"Generating mutants") == ""


def test_a_service_that_is_not_there_is_refused_with_those_that_are() -> None:
    printed = CliRunner().invoke(command, ["kitchen"])
    assert printed.exit_code == 2
    assert "there are catalog, dispatch, intake, monitoring, notifications" in printed.output
