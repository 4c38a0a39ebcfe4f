"""Accounts made by an administrator, and tokens for programs."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from servicekit.errors import Invalid, NotFound
from servicekit.ids import new_id

from gateway.accounts.passwords import Passwords
from gateway.accounts.sign_in import Work
from gateway.clients import Json
from gateway.storage.accounts import Account

LEAST_PASSWORD, LEAST_DEMO_PASSWORD = 12, 8
NEEDS_PROVIDER = {"team", "team_lead", "supplier"}


@dataclass(frozen=True)
class Links:
    """What the other services call the people and providers that accounts are for: key -> id, slug -> id."""

    people: dict[str, str]
    providers: dict[str, str]


class Administration:
    def __init__(self, work: Work, passwords: Passwords, demo_mode: bool) -> None:
        self._work = work
        self._passwords = passwords
        self._demo_mode = demo_mode

    def create(self, items: list[Json], links: Links) -> list[tuple[Account, bool]]:
        """Each account with whether it is new. Accounts that exist stay as they are. All or nothing; raises
        Invalid."""
        errors: dict[str, list[str]] = {}
        for index, item in enumerate(items):
            for field, text in self._faults(item, links).items():
                errors[f"items.{index}.{field}"] = [text]
        if errors:
            raise Invalid("invalid", "Some accounts are not right; none was made.", errors)
        logins = [_login(item) for item in items]
        with self._work() as work:
            known = work.accounts.known(logins)
        # Hashing takes long, so it comes before the transaction and only for those that are new.
        new = [self._account(item, links) for item in items if _login(item) not in known]
        with self._work() as work:
            made = {account.login for account in new if work.accounts.add(account)}
            present = work.accounts.known(logins)
        return [(present[login], login in made) for login in logins]

    def issue_token(self, account_id: str, name: str, lifetime: timedelta) -> tuple[str, datetime]:
        """A token for a program. It is shown this once; raises NotFound, or Invalid for an account of a
        person."""
        token = "sdp_" + secrets.token_urlsafe(32)
        with self._work() as work:
            account = work.accounts.get(account_id)
            if account is None:
                raise NotFound("no_such_account", "There is no such account.")
            if account.kind != "program":
                raise Invalid(
                    "not_a_program", "Tokens are for programs.", {"account_id": ["People sign in."]}
                )
            return token, work.tokens.add(token, account.account_id, "program", name, lifetime)

    def _faults(self, item: Json, links: Links) -> dict[str, str]:
        """What is wrong with one account, by field."""
        faults: dict[str, str] = {}
        roles, password = set(item["roles"]), item.get("password")
        least = LEAST_DEMO_PASSWORD if self._demo_mode else LEAST_PASSWORD
        if password and not item.get("email"):
            faults["password"] = "Only who has an e-mail address can sign in with a password."
        elif password and len(password) < least:
            faults["password"] = f"Take at least {least} characters."
        if roles & NEEDS_PROVIDER and not item.get("provider_slug"):
            faults["provider_slug"] = "Say for which provider."
        if "supplier" in roles and len(roles) > 1:
            faults["roles"] = "A supplier has no other role."
        if item.get("provider_slug") and item["provider_slug"] not in links.providers:
            faults["provider_slug"] = "There is no such provider."
        if item.get("person_key") and item["person_key"] not in links.people:
            faults["person_key"] = "There is no such person."
        return faults

    def _account(self, item: Json, links: Links) -> Account:
        password = item.get("password")
        person, provider = (
            links.people.get(item.get("person_key", "")),
            links.providers.get(item.get("provider_slug", "")),
        )
        return Account(
            account_id=new_id(),
            kind=_kind(item),
            login=_login(item),
            name=item["name"],
            roles=sorted(set(item["roles"])),
            person_id=UUID(person) if person else None,
            provider_id=UUID(provider) if provider else None,
            language=item.get("language", "nl"),
            password_hash=self._passwords.hash(password) if password else None,
            demo=bool(password) and self._demo_mode,
        )


def _kind(item: Json) -> str:
    if "supplier" in item["roles"]:
        return "supplier"
    return "person" if item.get("email") else "program"


def _login(item: Json) -> str:
    email = item.get("email")
    return str(email).lower() if email else f"program:{item['name'].lower()}"
