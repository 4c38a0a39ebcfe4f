"""One operation of the API: everything that is said about it once, for answering, for OpenAPI and for the
tests."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from marshmallow import Schema

from gateway.http.bodies import DEFAULT_LIMIT

# The permission of what anybody may ask without signing in. A test lists these routes one by one.
PUBLIC = "public"

Resource = Callable[..., Any]


@dataclass(frozen=True)
class Operation:
    """`versioned`: the caller must say with If-Match which version he has read; those with a role of
    `unversioned_for` may leave it out, since they tell what happened, not what they want changed.
    `idempotent`: may carry an Idempotency-Key, which goes to the service. `paged`: answers {items,
    nextCursor, next}. `takes_files`: the body is a form with files, `sends_file`: so is the answer,
    of `file_type`.
    `refuses`: statuses that no other part of this says, for the document. Schemas are made once.
    """

    method: str
    path: str
    permission: str
    resource: Resource
    body: Schema | None = None
    query: Schema | None = None
    answer: Schema | None = None
    status: int = 200
    idempotent: bool = False
    versioned: bool = False
    unversioned_for: tuple[str, ...] = ()
    paged: bool = False
    demo_only: bool = False
    max_body: int = DEFAULT_LIMIT
    takes_files: bool = False
    sends_file: bool = False
    file_type: str = "*/*"
    refuses: tuple[int, ...] = ()

    @property
    def name(self) -> str:
        return self.resource.__name__

    @property
    def tag(self) -> str:
        return self.resource.__module__.rpartition(".")[2].replace("_", "-")

    @property
    def about(self) -> str:
        return inspect.getdoc(self.resource) or ""

    @property
    def has_etag(self) -> bool:
        return self.answer is not None and "version" in self.answer.fields and not self.paged


class Resources:
    """The operations of one file, collected by a decorator."""

    def __init__(self) -> None:
        self.operations: list[Operation] = []

    def route(
        self,
        method: str,
        path: str,
        *,
        permission: str,
        body: type[Schema] | None = None,
        query: type[Schema] | None = None,
        answer: type[Schema] | None = None,
        **details: Any,
    ) -> Callable[[Resource], Resource]:
        def register(resource: Resource) -> Resource:
            operation = Operation(
                method,
                path,
                permission,
                resource,
                body=body() if body else None,
                query=query() if query else None,
                answer=answer() if answer else None,
                **details,
            )
            self.operations.append(operation)
            return resource

        return register
