"""`python -m gateway`."""

from servicekit.service import run

from servicekit import green  # noqa: F401  (must come before anything else)


def main() -> None:
    run("gateway.service:GatewayService", settings="gateway.settings:GatewaySettings")


if __name__ == "__main__":
    main()
