"""Where we post to, and where we do not: one row per trick."""

from __future__ import annotations

import pytest
from servicekit.outbound.addresses import is_public
from servicekit.outbound.targets import Target, TargetRefused, Targets


@pytest.mark.parametrize(
    "url",
    [
        "https://orders.example.com",
        "https://orders.example.com/",
        "https://orders.example.com:443/desk/orders?from=desk",
        "https://orders.example.com:8443/desk",
        "HTTPS://Orders.Example.COM/desk",
        "https://xn--caf-dma.example.nl/desk",
        "https://orders.xn--p1ai/desk",
        "https://0x7f.example.com/",  # a number in front is a name like any other
    ],
)
def test_https_to_a_full_name_is_taken(url: str) -> None:
    assert not Targets().check(url).is_listed


REFUSED = {
    "http": "http://orders.example.com/",
    "another scheme": "ftp://orders.example.com/",
    "file": "file:///etc/passwd",
    "gopher": "gopher://orders.example.com:443/",
    "no scheme": "orders.example.com/desk",
    "nothing": "",
    "no host": "https:///desk",
    "loopback": "https://127.0.0.1/",
    "loopback by name": "https://localhost/",
    "loopback by a longer name": "https://desk.localhost/",
    "any public number": "https://93.184.216.34/",
    "decimal": "https://2130706433/",
    "short": "https://127.1/",
    "octal": "https://0177.0.0.1/",
    "hexadecimal": "https://0x7f.0.0.1/",
    "hexadecimal at the end": "https://127.0.0.0x1/",
    "hexadecimal in one": "https://0x7f000001/",
    "wide digits": "https://１２７.0.0.1/",
    "dot that is none": "https://127。0。0。1/",
    "private": "https://10.0.0.1/",
    "metadata": "https://169.254.169.254/latest/meta-data",
    "IPv6 loopback": "https://[::1]/",
    "IPv6 mapped": "https://[::ffff:127.0.0.1]/",
    "IPv6 with a zone": "https://[fe80::1%25eth0]/",
    "IPv6 public": "https://[2606:2800:220:1::1]/",
    "a single word": "https://database/",
    "inside by name": "https://db.internal/",
    "reverse zone": "https://1.0.0.127.in-addr.arpa/",
    "user": "https://orders.example.com@127.0.0.1/",
    "user and password": "https://desk:secret@orders.example.com/",
    "encoded user": "https://orders.example.com%40127.0.0.1/",
    "backslash": "https://orders.example.com\\@127.0.0.1/",
    "tab": "https://orders.exam\tple.com/",
    "line end": "https://orders.example.com/\r\nX-More: 1",
    "blank": "https://orders.example.com/a b",
    "NUL": "https://orders.example.com/\x00",
    "fragment": "https://orders.example.com/#@127.0.0.1",
    "not ASCII": "https://café.example.com/",
    "ssh": "https://orders.example.com:22/",
    "mail": "https://orders.example.com:25/",
    "the broker": "https://orders.example.com:5672/",
    "port 0": "https://orders.example.com:0/",
    "port too high": "https://orders.example.com:70000/",
    "port of letters": "https://orders.example.com:https/",
    "dot at the end": "https://orders.example.com./",
    "dots in a row": "https://orders..example.com/",
    "underscore": "https://my_orders.example.com/",
    "too long": "https://orders.example.com/" + "x" * 500,
}


@pytest.mark.parametrize("url", REFUSED.values(), ids=REFUSED)
def test_everything_else_is_refused_with_a_sentence(url: str) -> None:
    with pytest.raises(TargetRefused, match=r"^[A-Z].{15,120}\.$"):
        Targets().check(url)


def test_an_exception_holds_for_exactly_one_host_and_port() -> None:
    targets = Targets(["127.0.0.1:9000", " Supplier:80 ", "[::1]:9001", ""])
    assert targets.check("http://127.0.0.1:9000/orders") == Target("http", "127.0.0.1", 9000, "/orders", True)
    assert targets.check("http://supplier/").is_listed
    assert targets.check("https://[::1]:9001/").authority == "[::1]:9001"
    for other in (
        "http://127.0.0.1:9001/",
        "http://127.0.0.1/",
        "http://127.0.0.2:9000/",
        "http://localhost:9000/",
        "http://2130706433:9000/",
        "ftp://127.0.0.1:9000/",
        "http://desk@127.0.0.1:9000/",
        "http://supplier.example.com/",
        "http://evil.supplier:80/",
    ):
        with pytest.raises(TargetRefused):
            targets.check(other)


@pytest.mark.parametrize(
    ("url", "authority", "path"),
    [
        ("https://orders.example.com", "orders.example.com", "/"),
        ("https://orders.example.com:443/a?b=c", "orders.example.com", "/a?b=c"),
        ("https://orders.example.com:8443?b=c", "orders.example.com:8443", "/?b=c"),
    ],
)
def test_what_is_asked_is_what_the_address_says(url: str, authority: str, path: str) -> None:
    target = Targets().check(url)
    assert (target.authority, target.path) == (authority, path)


@pytest.mark.parametrize("address", ["93.184.216.34", "8.8.8.8", "2606:2800:220:1:248:1893:25c8:1946"])
def test_a_public_machine_is_public(address: str) -> None:
    assert is_public(address)


NOT_PUBLIC = {
    "loopback": "127.0.0.1",
    "loopback, another": "127.255.255.254",
    "unspecified": "0.0.0.0",
    "this network": "0.1.2.3",
    "private 10": "10.1.2.3",
    "private 172": "172.16.0.1",
    "private 192": "192.168.1.1",
    "shared by providers": "100.64.0.1",
    "link-local": "169.254.1.1",
    "metadata of clouds": "169.254.169.254",
    "multicast": "224.0.0.1",
    "multicast, high": "239.255.255.250",
    "reserved": "240.0.0.1",
    "broadcast": "255.255.255.255",
    "documentation": "192.0.2.1",
    "benchmarks": "198.18.0.1",
    "protocol assignments": "192.0.0.10",
    "6to4 relay": "192.88.99.1",
    "IPv6 loopback": "::1",
    "IPv6 unspecified": "::",
    "IPv6 link-local": "fe80::1",
    "IPv6 link-local with a zone": "fe80::1%eth0",
    "IPv6 global with a zone": "2606:2800:220:1::1%eth0",
    "IPv6 site-local": "fec0::1",
    "IPv6 private": "fd00::1",
    "IPv6 multicast": "ff02::1",
    "IPv6 documentation": "2001:db8::1",
    "IPv6 discard": "100::1",
    "mapped loopback": "::ffff:127.0.0.1",
    "mapped public": "::ffff:93.184.216.34",
    "compatible": "::127.0.0.1",
    "NAT64 of loopback": "64:ff9b::7f00:1",
    "NAT64 of public": "64:ff9b::5db8:d822",
    "NAT64 of an own prefix": "64:ff9b:1::a00:1",
    "6to4 of loopback": "2002:7f00:1::1",
    "6to4 of private": "2002:a00:1::1",
    "Teredo": "2001:0:53aa:64c:0:0:80ff:fffe",
    "ORCHID": "2001:20::1",
    "outside of what is given out": "4000::1",
    "no address": "localhost",
    "decimal": "2130706433",
    "octal": "0177.0.0.1",
}


@pytest.mark.parametrize("address", NOT_PUBLIC.values(), ids=NOT_PUBLIC)
def test_every_other_address_is_not(address: str) -> None:
    assert not is_public(address)
