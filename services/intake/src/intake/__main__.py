"""`python -m intake` runs the service until it is told to stop."""

from servicekit.service import run


def main() -> None:
    run("intake.service:IntakeService", settings="intake.settings:IntakeSettings")


if __name__ == "__main__":
    main()
