"""The gateway's settings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from environs import Env

from gateway.accounts.bootstrap import check_token
from servicekit import settings


@dataclass(frozen=True)
class GatewaySettings(settings.Settings):
    """`trusted_proxies`: how many proxies of our own stand before us, each of which adds to
    X-Forwarded-For. `files_folder`: where what people attach is kept, shared by all gateways; without one no
    files are taken. `public_url`: where people reach the site, for the stickers on objects; without one
    there are none."""

    http_port: int = 8000
    http_host: str = "0.0.0.0"
    bootstrap_token: str = ""
    mailbox_url: str = ""
    clock_file: str = ""
    trusted_proxies: int = 0
    max_requests: int = 200
    drain_seconds: float = 10.0
    house_name: str = "Servicedesk"
    house_colour: str = "#0b5d63"
    house_logo: str = ""
    control_socket: str = ""
    public_url: str = ""
    files_folder: str = ""
    file_megabytes: int = 10
    scanner: str = ""

    def __post_init__(self) -> None:
        check_token(self.bootstrap_token, self.demo_mode)

    @classmethod
    def read(cls, env: Env) -> dict[str, Any]:
        return {
            **super().read(env),
            "http_port": env.int("HTTP_PORT", 8000),
            "http_host": env.str("HTTP_HOST", "0.0.0.0"),
            "bootstrap_token": _optional_secret(env, "BOOTSTRAP_TOKEN"),
            "mailbox_url": env.str("MAILBOX_URL", ""),
            "clock_file": env.str("CLOCK_FILE", ""),
            "trusted_proxies": env.int("TRUSTED_PROXIES", 0),
            "max_requests": env.int("MAX_REQUESTS", 200),
            "drain_seconds": env.float("DRAIN_SECONDS", 10.0),
            "house_name": env.str("HOUSE_NAME", "Servicedesk"),
            "house_colour": env.str("HOUSE_COLOUR", "#0b5d63").lower(),
            "house_logo": env.str("HOUSE_LOGO", ""),
            "control_socket": env.str("CONTROL_SOCKET", ""),
            "public_url": env.str("PUBLIC_URL", ""),
            "files_folder": env.str("FILES_FOLDER", ""),
            "file_megabytes": env.int("FILE_MEGABYTES", 10),
            "scanner": env.str("SCANNER", ""),
        }


def _optional_secret(env: Env, name: str) -> str:
    given = env.str(name, "") or env.str(f"{name}_FILE", "")
    return settings.secret(env, name) if given else ""
