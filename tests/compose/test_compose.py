"""The system in containers: closed, played through, scaled, crashed, and replaced while people use it.

The tests build on each other in this order; every one leaves a system behind that works.
"""

from __future__ import annotations

import time
from uuid import UUID

import pytest
import requests
from deskcli.walk.command import play
from deskcli.walk.stage import Stage

from .load import Load
from .stack import Stack

pytestmark = pytest.mark.timeout(900)
SERVICES = ("intake", "catalog", "dispatch", "monitoring", "notifications", "gateway")
ALL = (*SERVICES, "database", "broker", "mailbox", "supplier-vonk-val", "supplier-lepel-lade", "edge")


def test_everything_is_ready(stack: Stack) -> None:
    answer = requests.get(f"{stack.url}/readyz", timeout=10)
    assert answer.status_code == 200, answer.text
    assert {name for name, check in answer.json()["services"].items() if check["ready"]} == set(SERVICES)


def test_containers_are_closed(stack: Stack) -> None:
    for name in ALL:
        (found,) = stack.inspect(*stack.containers(name))
        host, config = found["HostConfig"], found["Config"]
        assert config["User"] == "10001:10001", name
        assert host["ReadonlyRootfs"], name
        assert host["CapDrop"] == ["ALL"], name
        assert not host["CapAdd"], name
        assert "no-new-privileges:true" in host["SecurityOpt"], name
        assert host["Memory"] > 0, name
        assert host["NanoCpus"] > 0, name
        assert host["PidsLimit"] > 0, name
        bindings = [each["HostIp"] for ports in host["PortBindings"].values() for each in ports]
        assert bindings == (["127.0.0.1"] if name == "edge" else []), name


def test_no_secret_is_in_an_image_or_in_what_docker_shows(stack: Stack) -> None:
    secrets = {file.name: file.read_text().strip() for file in stack.folder.iterdir()}
    passwords = {text.split(":")[2].split("@")[0] for text in secrets.values() if "://" in text}
    shown = stack.run("docker", "inspect", *(stack.containers(name)[0] for name in ALL))
    shown += stack.compose("logs", "--no-color")
    for name in SERVICES:
        shown += stack.run("docker", "history", "--no-trunc", f"servicedesk-{name}:{stack.tag}")
    assert len(passwords) >= 8
    assert not [name for name, text in secrets.items() if text in shown]
    assert not [password for password in passwords if password in shown]


def test_a_supplier_reaches_the_broker_and_nothing_else(stack: Stack) -> None:
    script = (
        "import socket\n"
        "for host, port in (('broker', 5672), ('broker', 15672), ('database', 5432), ('gateway', 8000),\n"
        " ('intake', 9000)):\n"
        "    try: socket.create_connection((host, port), 2).close(); print(host)\n"
        "    except OSError: pass"
    )
    assert stack.compose("exec", "-T", "supplier-vonk-val", "python", "-c", script).split() == ["broker"]


def test_the_walk(stack: Stack, stage: Stage, capsys: pytest.CaptureFixture[str]) -> None:
    assert play(stage, print), capsys.readouterr().out


def test_replicas_share_the_work(stack: Stack) -> None:
    stack.up("dispatch", "intake", dispatch=3, intake=2)
    with load(stack) as people:
        people.wait_for(60)
    assert people.failures == []
    settle(stack, people.accepted)
    shares = [stack.metric(each, "servicekit_calls_total") for each in stack.containers("intake")]
    assert len(shares) == 2
    assert min(shares) >= max(shares) / 4, shares
    told = [stack.metric(each, "servicekit_calls_total") for each in stack.containers("dispatch")]
    assert len(told) == 3
    assert min(told) > 0, told
    print(f"\n{people}; calls per replica: intake {shares}, dispatch {told}")


def test_replicas_that_crash_lose_nothing(stack: Stack) -> None:
    stack.up("dispatch", "intake", dispatch=3, intake=2)
    with load(stack) as people:
        for service in ("intake", "dispatch", "intake", "dispatch"):
            people.wait_for(10)
            stack.crash(stack.containers(service)[0])
        people.wait_for(20)
    assert people.lost == []
    settle(stack, people.accepted)
    stack.up("dispatch", "intake", dispatch=3, intake=2)
    print(f"\n{people}")
    print(*people.failures, sep="\n")


def test_database_and_broker_restart_and_nothing_is_lost(stack: Stack) -> None:
    for name in ("database", "broker"):
        with load(stack) as people:
            people.wait_for(10)
            stack.compose("restart", name)
            people.wait_for(10)
        print(f"\n{name}: {people}")
        assert people.lost == []
        assert all(" 503 " in failure for failure in people.failures), people.failures
        settle(stack, people.accepted)


@pytest.mark.parametrize("service", ["dispatch", "intake", "gateway"])
def test_a_new_version_rolls_in_without_a_failed_request(stack: Stack, service: str) -> None:
    stack.up("intake", "dispatch", "gateway", intake=2, dispatch=2, gateway=2)
    version = f"rolled-{int(time.monotonic())}"
    folder = "gateway" if service == "gateway" else f"services/{service}"
    stack.run(
        "nice", "docker", "build", "--quiet", "-f", f"{folder}/Dockerfile",
        "--build-arg", f"VERSION={version}", "-t", f"servicedesk-{service}:{stack.tag}", ".", timeout=600,
    )  # fmt: skip
    old = stack.containers(service)
    with load(stack) as people:
        people.wait_for(10)
        stack.run("ops/containers/roll", service)
        people.wait_for(10)
    found = stack.inspect(*stack.containers(service))
    labels = [each["Config"]["Labels"]["org.opencontainers.image.version"] for each in found]
    print(f"\n{service}: {people}")
    assert labels == [version] * 2
    assert not set(old) & {each["Id"] for each in found}
    assert people.failures == []
    settle(stack, people.accepted)


def load(stack: Stack) -> Load:
    return Load(stack.url, stack.secret("demo_password"))


def settle(stack: Stack, accepted: list[UUID], seconds: float = 120.0) -> None:
    """Wait until all orders are at the supplier and all mails are out; each request has one of both."""
    assert len(set(accepted)) == len(accepted) > 0
    chosen = f"request_id = ANY('{{{','.join(map(str, accepted))}}}')"
    deadline = time.monotonic() + seconds
    orders = "SELECT number, state FROM work_orders WHERE " + chosen
    mails = f"SELECT request_id, state FROM messages WHERE template = 'receipt' AND {chosen}"
    while True:
        ordered, mailed = stack.query("dispatch", orders), stack.query("notifications", mails)
        waiting = [row for row in ordered if row[1] in ("prepared", "issued")]
        unsent = [row for row in mailed if row[1] != "sent"]
        if len(ordered) >= len(accepted) <= len(mailed) and not waiting and not unsent:
            break
        found = f"{len(ordered)} orders ({len(waiting)} wait), {len(mailed)} mails ({len(unsent)} wait)"
        assert time.monotonic() < deadline, f"{len(accepted)} requests, {found}"
        time.sleep(1)
    assert int(stack.query("intake", f"SELECT count(*) FROM requests WHERE {chosen}")[0][0]) == len(accepted)
    assert len(ordered) == len(accepted) == len(mailed)
    record = stack.carried_out()
    numbers = [number for number, _ in ordered]
    assert sorted(numbers) == sorted(number for number in record if number in set(numbers))
