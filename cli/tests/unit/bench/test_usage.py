"""CPU time and memory of real processes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator

import pytest
from deskcli.bench import usage

# A child that works and ends, one that works and stays, and then silence until told to end.
TREE = """
import subprocess, sys, time
work = "import time; end = time.process_time() + 0.2\\nwhile time.process_time() < end: pass\\n"
subprocess.run([sys.executable, "-S", "-c", work])
stays = subprocess.Popen([sys.executable, "-S", "-c", work + "print(1, flush=True); input()"],
                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)
stays.stdout.readline()
print("done", flush=True)
sys.stdin.readline()
stays.communicate(b"\\n")
"""


@pytest.fixture
def process() -> Iterator[subprocess.Popen[str]]:
    started = subprocess.Popen(
        [sys.executable, "-S", "-c", TREE], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    yield started
    started.communicate("\n")


def test_time_of_children_counts_whether_they_have_ended_or_not(process: subprocess.Popen[str]) -> None:
    before = usage.look({"tree": process.pid})
    assert process.stdout
    process.stdout.readline()
    spent = usage.between(before, usage.look({"tree": process.pid}))
    assert 0.35 < spent.total < 1.0
    assert spent.machine >= spent.total - 0.1
    assert spent.restarted == []
    assert spent.per_thousand(100)["tree"] == pytest.approx(spent.total * 10)


def test_memory_counts_children_too(process: subprocess.Popen[str]) -> None:
    assert process.stdout
    process.stdout.readline()
    assert 3 < usage.memory({"tree": process.pid})["tree"] < 100


def test_a_process_that_was_replaced_is_named_and_not_counted() -> None:
    me = os.getpid()
    before, after = usage.look({"a": me, "b": me, "gone": me}), usage.look({"a": me, "b": os.getppid()})
    spent = usage.between(before, after)
    assert sorted(spent.restarted) == ["b", "gone"]
    assert set(spent.cpu) == {"a"}


def test_a_process_that_is_gone_costs_nothing() -> None:
    assert usage.look({"gone": 2**22 + 1}).cpu == {"gone": 0}
    assert usage.memory({"gone": 2**22 + 1}) == {"gone": 0}
