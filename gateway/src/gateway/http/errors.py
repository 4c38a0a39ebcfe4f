"""What can be wrong with an HTTP exchange itself; the services' errors are in servicekit.errors."""

from __future__ import annotations

from servicekit.errors import ServiceError


class BadRequest(ServiceError):
    """Not readable: broken JSON, a header that is not well formed."""


class MethodNotAllowed(ServiceError):
    """The path exists, but not with this method; `allowed` are those that do."""

    def __init__(self, allowed: list[str]) -> None:
        super().__init__("method_not_allowed", "This method does not exist here. See the Allow header.")
        self.allowed = allowed


class BodyTooSlow(ServiceError):
    """A body that trickles in."""


class LengthRequired(ServiceError):
    """A body of which nobody knows how long it will be."""


class BodyTooLarge(ServiceError):
    """More bytes than the route takes."""


class UnsupportedMediaType(ServiceError):
    """A body that is not JSON by its own word."""


class PreconditionRequired(ServiceError):
    """A change without If-Match."""


class TooManyRequests(ServiceError):
    """Slow down: `retry_after` in seconds."""

    def __init__(self, code: str, detail: str, retry_after: int) -> None:
        super().__init__(code, detail)
        self.retry_after = retry_after


class Overloaded(ServiceError):
    """More at the same time than this process takes on."""
