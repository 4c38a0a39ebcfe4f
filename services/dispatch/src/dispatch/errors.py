"""How callers hear what the rules refuse."""

from __future__ import annotations

from servicekit.errors import Conflict, Forbidden, Invalid, ServiceError

from dispatch.domain import errors as domain

ERRORS: dict[type[Exception], type[ServiceError]] = {
    domain.DispatchError: Conflict,  # whatever is not named below: the state does not allow it
    domain.NotYours: Forbidden,
    domain.MissingDetail: Invalid,
    domain.PointsOpen: Invalid,
    domain.CannotGather: Invalid,
    domain.StopsOpen: Invalid,
    domain.InvalidProcess: Invalid,
    domain.UnknownProvider: Invalid,
}
