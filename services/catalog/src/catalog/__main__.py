"""`python -m catalog` runs the service until it is told to stop."""

from servicekit.service import run


def main() -> None:
    run("catalog.service:CatalogService", settings="catalog.settings:CatalogSettings")


if __name__ == "__main__":
    main()
