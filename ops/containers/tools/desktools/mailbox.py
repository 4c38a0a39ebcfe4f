"""The demo's mailbox in a container: the one of `./desk up`, reachable for the other containers."""

from __future__ import annotations

from deskcli import mailbox

if __name__ == "__main__":
    mailbox.LOOPBACK = "0.0.0.0"  # inside a network of its own, with no port published
    mailbox.main()
