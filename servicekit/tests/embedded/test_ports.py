"""Ports that are free, and stay so until their server listens."""

from __future__ import annotations

import socket

from servicekit.embedded.ports import LOOPBACK, free_ports, is_free, is_open


def test_a_port_is_given_out_once_though_nobody_listens_on_it_yet() -> None:
    found = [port for _ in range(20) for port in free_ports(5)]
    assert len(set(found)) == 100


def test_a_port_with_a_server_is_passed_over() -> None:
    (port,) = free_ports(1)
    with socket.create_server((LOOPBACK, port + 1)):
        assert is_open(port + 1)
        assert not is_free(port + 1)
        assert port + 1 not in free_ports(5)


def test_ports_lie_below_those_of_outgoing_connections() -> None:
    with open("/proc/sys/net/ipv4/ip_local_port_range", encoding="ascii") as file:
        lowest = int(file.read().split()[0])
    assert all(1024 < port < lowest for port in free_ports(50))
