"""`python -m monitoring` runs the service until it is told to stop."""

from servicekit.service import run


def main() -> None:
    run("monitoring.service:MonitoringService", settings="monitoring.settings:MonitoringSettings")


if __name__ == "__main__":
    main()
