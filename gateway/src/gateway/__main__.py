"""`python -m gateway`."""

from servicekit import green  # noqa: F401  (must come before anything else)
from servicekit.service import run


def main() -> None:
    run("gateway.service:GatewayService", settings="gateway.settings:GatewaySettings")


if __name__ == "__main__":
    main()
