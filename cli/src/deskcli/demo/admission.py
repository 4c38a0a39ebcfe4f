"""Letting the demo's suppliers in, with the passwords that their programs have already.

Once each: who was let in before and is not now was shut out by somebody, and stays out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from servicekit.embedded.broker_users import password_hash
from servicekit.embedded.programs import EmbeddedError

from deskcli.importing.api import Api, ApiError, Json

NOT_OURS = 409  # the users of this broker are managed by somebody else


class Secrets(Protocol):
    """What is needed of the installation's secrets."""

    @property
    def bootstrap_token(self) -> str: ...

    @property
    def suppliers(self) -> Mapping[str, str]: ...


def admit(base_url: str, secrets: Secrets) -> list[str]:
    """Answers the broker users of those that were let in now. Raises EmbeddedError."""
    try:
        with Api(base_url, secrets.bootstrap_token) as api:
            new = [one for one in api.get("/suppliers")["items"] if one["standing"] == "never"]
            ours = [one for one in new if one["address"] in secrets.suppliers]
            return [one["address"] for one in ours if _let_in(api, one, secrets.suppliers[one["address"]])]
    except ApiError as error:
        raise EmbeddedError(f"the demo's suppliers could not be let in ({error}).") from error


def _let_in(api: Api, supplier: Json, password: str) -> bool:
    try:
        api.post(f"/suppliers/{supplier['providerId']}/access", {"passwordHash": password_hash(password)})
    except ApiError as error:
        if error.status != NOT_OURS:
            raise
        return False
    return True
