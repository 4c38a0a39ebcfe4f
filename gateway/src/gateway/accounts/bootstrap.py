"""The first administrator: a program whose token the installation brings along, so that it can set itself
up."""

from __future__ import annotations

from datetime import timedelta

from servicekit.settings import SettingsError

from gateway.accounts.sign_in import Work
from gateway.storage.accounts import Account, token_hash

LOGIN = "program:bootstrap"
LEAST_LENGTH = 32
LIFETIME = timedelta(days=3650)


def check_token(token: str, demo_mode: bool) -> None:
    """Raises SettingsError for a token that could be guessed."""
    if token and not demo_mode and len(token) < LEAST_LENGTH:
        raise SettingsError(
            f"BOOTSTRAP_TOKEN has to be at least {LEAST_LENGTH} characters outside DEMO_MODE."
        )


def prepare(work: Work, token: str, demo_mode: bool) -> None:
    """Make the database fit the settings; as often as one likes.

    A bootstrap token that is no longer in the settings stops working. Demo accounts have passwords that
    everybody can read, so with them this does not run outside demo mode: raises SettingsError.
    """
    with work() as w:
        if not demo_mode and w.accounts.has_demo_accounts():
            raise SettingsError(
                "This database has demo accounts. Set DEMO_MODE, or use a database of its own."
            )
        w.tokens.remove_bootstrap(but=token_hash(token) if token else None)
        if not token:
            return
        w.accounts.add(
            Account(
                account_id=w.new_id(),
                kind="program",
                login=LOGIN,
                # Stands on pages beside what was there from the start.
                name="Servicedesk",
                roles=["administrator"],
                person_id=None,
                provider_id=None,
                language="en",
                password_hash=None,
                demo=False,
            )
        )
        account = w.accounts.find(LOGIN)
        assert account is not None
        w.tokens.add(token, account.account_id, "bootstrap", "bootstrap", LIFETIME)
