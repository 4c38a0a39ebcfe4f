"""`python -m notifications` runs the service until it is told to stop."""

from servicekit.service import run


def main() -> None:
    run(
        "notifications.service:NotificationsService",
        settings="notifications.settings:NotificationsSettings",
    )


if __name__ == "__main__":
    main()
