"""One page: everything that is said about it once. `pages = Pages()` in each file, a decorator per
function.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

# For everybody, signed in or not. A test lists these one by one.
PUBLIC = "public"

PageFunction = Callable[..., Any]


@dataclass(frozen=True)
class Page:
    """`permission` is that of the table in contracts/permissions.json. `takes_files`: its form may bring
    some.
    """

    method: str
    path: str
    function: PageFunction
    permission: str
    demo_only: bool = False
    takes_files: bool = False

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"

    @property
    def about(self) -> str:
        return inspect.getdoc(self.function) or ""


class Pages:
    """The pages of one file."""

    def __init__(self) -> None:
        self.all: list[Page] = []

    def get(self, path: str, permission: str, **options: Any) -> Callable[[PageFunction], PageFunction]:
        return self._page("GET", path, permission, options)

    def post(self, path: str, permission: str, **options: Any) -> Callable[[PageFunction], PageFunction]:
        return self._page("POST", path, permission, options)

    def _page(
        self, method: str, path: str, permission: str, options: dict[str, Any]
    ) -> Callable[[PageFunction], PageFunction]:
        def register(function: PageFunction) -> PageFunction:
            self.all.append(Page(method, path, function, permission, **options))
            return function

        return register
