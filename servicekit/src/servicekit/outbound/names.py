"""From a name to addresses, without holding up the process."""

from __future__ import annotations

from ipaddress import ip_address
from socket import SOCK_STREAM


def resolve(host: str) -> list[str]:
    """All addresses of a host, IPv4 first, each once. Raises OSError when there is none.

    The system's own resolver would stop every greenlet until it answers, and how long that takes is in the
    hands of whoever runs the name's server. eventlet's is loaded only here: most processes resolve nothing.
    """
    try:
        return [str(ip_address(host))]
    except ValueError:
        pass
    from eventlet.support import greendns

    found = {str(info[4][0]) for info in greendns.getaddrinfo(host, None, 0, SOCK_STREAM)}
    return sorted(found, key=lambda one: (":" in one, one))
