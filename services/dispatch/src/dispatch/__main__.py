"""`python -m dispatch`"""

from __future__ import annotations

import servicekit.green  # noqa: F401  first of all: it makes what comes after cooperative
from servicekit.service import run


def main() -> None:
    run(
        "dispatch.service:DispatchService",
        "dispatch.desk_service:DeskForSuppliers",
        settings="dispatch.settings:DispatchSettings",
    )


if __name__ == "__main__":
    main()
