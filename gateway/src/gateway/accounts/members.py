"""Who is in a team of our own: accounts say so, and nothing else does."""

from __future__ import annotations

from dataclasses import dataclass

from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound

from gateway.accounts.sign_in import Work
from gateway.clients import Json


@dataclass(frozen=True)
class Member:
    account_id: str
    name: str
    leads: bool = False

    def as_view(self) -> Json:
        return {"account_id": self.account_id, "name": self.name, "leads": self.leads}


class Members:
    def __init__(self, work: Work) -> None:
        self._work = work

    def of(self, provider_id: str) -> list[Member]:
        """By name. Nobody for a supplier: who works there is not ours to say."""
        with self._work() as work:
            found = work.accounts.of_team(provider_id)
        return [Member(str(one.account_id), one.name, "team_lead" in one.roles) for one in found]

    def colleague(self, provider_id: str | None, account_id: str) -> Member:
        """Raises Invalid for who is not in that team."""
        known = self.of(provider_id) if provider_id else []
        member = next((one for one in known if one.account_id == account_id), None)
        if member is None:
            text = "Choose somebody of the team."
            raise Invalid("not_in_the_team", text, {"account_id": [text]})
        return member


def may_see(actor: Actor, provider_id: str) -> None:
    """Raises NotFound for another team's people, unless one directs the work of all."""
    if not actor.has_role("agent", "manager") and actor.provider_id != provider_id:
        raise NotFound("provider_not_found", "There is no such team of yours.")
