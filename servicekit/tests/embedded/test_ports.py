"""Ports that are free, and stay so until their server listens."""

from __future__ import annotations

import socket
import subprocess
import sys

from servicekit.embedded import ports
from servicekit.embedded.ports import LOOPBACK, free_ports, is_free, is_open


def test_a_port_is_given_out_once_though_nobody_listens_on_it_yet() -> None:
    found = [port for _ in range(20) for port in free_ports(5)]
    assert len(set(found)) == 100


def test_another_process_does_not_get_it_either() -> None:
    ours = set(free_ports(20))
    begin = f"ports._turns = itertools.count({min(ours) - ports.FIRST})"
    code = f"import itertools; from servicekit.embedded import ports; {begin}; print(*ports.free_ports(20))"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout
    assert ours.isdisjoint(map(int, said.split()))


def test_its_server_may_listen_and_listen_again() -> None:
    (port,) = free_ports(1)
    assert is_free(port)
    for _ in range(2):
        with socket.create_server((LOOPBACK, port)):
            assert is_open(port)
            assert not is_free(port)
    assert not is_open(port)


def test_ports_lie_below_those_of_outgoing_connections() -> None:
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as file:
        lowest = int(file.read().split()[0])
    assert all(1024 < port < lowest for port in free_ports(50))
