"""Which machines may be reached at an address that somebody else gave us: those on the public internet."""

from __future__ import annotations

from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address, ip_network

# Public by the registry's word, and yet not a machine of somebody: relays, and protocols of their own.
_NOT_A_MACHINE = [ip_network(text) for text in ("192.0.0.0/24", "192.88.99.0/24", "240.0.0.0/4")]
# The only part of IPv6 that is given out to anybody; in it, addresses that carry an IPv4 one inside, which
# some gateway on the way would unpack: 6to4, Teredo and the other protocols of 2001::/23.
_GIVEN_OUT = IPv6Network("2000::/3")
_CARRIERS = [IPv6Network("2002::/16"), IPv6Network("2001::/23")]


def is_public(text: str) -> bool:
    """False for loopback, private, link-local, multicast, reserved and unspecified addresses, for IPv6
    addresses that stand for an IPv4 one (mapped, NAT64, 6to4, Teredo), and for what is no address.
    """
    try:
        address = ip_address(text)
    except ValueError:
        return False
    if not address.is_global or address.is_multicast or address.is_reserved:
        return False
    return _v4(address) if isinstance(address, IPv4Address) else _v6(address)


def _v4(address: IPv4Address) -> bool:
    return not any(address in network for network in _NOT_A_MACHINE)


def _v6(address: IPv6Address) -> bool:
    if address.scope_id is not None or address not in _GIVEN_OUT:
        return False
    return not any(address in network for network in _CARRIERS)
