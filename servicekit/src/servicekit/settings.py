"""Settings: the environment, read once at start, into a frozen dataclass. A missing one is named in one
sentence.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any, Self

from environs import Env, EnvError

from servicekit.receipts import Receipts


class SettingsError(Exception):
    """Something in the environment is missing or wrong; the text says which and what it should be."""


@dataclass(frozen=True)
class Settings:
    """What every service needs. Subclasses add fields and override `read`."""

    database_url: str
    amqp_url: str
    actor_secret: str
    health_port: int = 0
    log_level: str = "INFO"
    zone: str = "Europe/Amsterdam"
    demo_mode: bool = False
    max_workers: int = 20
    link_secret: str = ""

    @property
    def link_keys(self) -> list[str]:
        """What personal links are signed with, the newest first: LINK_SECRET, which may hold several,
        separated by spaces or commas; else that of the actors.
        """
        return self.link_secret.replace(",", " ").split() or [self.actor_secret]

    @cached_property
    def receipts(self) -> Receipts:
        """Of files that one process keeps and another refers to."""
        return Receipts(self.actor_secret)

    @classmethod
    def load(cls) -> Self:
        """Raises SettingsError."""
        env = Env()
        try:
            return cls(**cls.read(env))
        except EnvError as error:
            raise SettingsError(f"A setting is missing or wrong: {error}") from error

    @classmethod
    def read(cls, env: Env) -> dict[str, Any]:
        return {
            "database_url": secret(env, "DATABASE_URL"),
            "amqp_url": secret(env, "AMQP_URL"),
            "actor_secret": secret(env, "ACTOR_SECRET"),
            "health_port": env.int("HEALTH_PORT", 0),
            "log_level": env.str("LOG_LEVEL", "INFO"),
            "zone": env.str("ORGANISATION_ZONE", "Europe/Amsterdam"),
            "demo_mode": env.bool("DEMO_MODE", False),
            "max_workers": env.int("MAX_WORKERS", 20),
            "link_secret": secret(env, "LINK_SECRET", ""),
        }


def secret(env: Env, name: str, default: str | None = None) -> str:
    """The value of NAME, or the content of the file named by NAME_FILE (how containers pass secrets).

    Without a default it must be there.
    """
    path = env.str(f"{name}_FILE", "")
    if path:
        return Path(path).read_text(encoding="utf-8").strip()
    return str(env.str(name) if default is None else env.str(name, default))
