"""Settings of monitoring: what every service has, and nothing more yet."""

from __future__ import annotations

from dataclasses import dataclass

from servicekit.settings import Settings


@dataclass(frozen=True)
class MonitoringSettings(Settings):
    """See servicekit.settings.Settings."""
