"""A service process: from `python -m dispatch` to a clean stop.

`run` starts one or more service classes in one process. SIGTERM and SIGINT drain it: no new work, what
runs ends, the outbox is emptied; a watchdog thread ends the process when that takes too long.
"""

from __future__ import annotations

import servicekit.green  # isort: skip  # noqa: F401  (eventlet patches before anything else is imported)

import os
import signal
import sys
import time
from collections.abc import Mapping
from functools import cache
from importlib import import_module
from typing import Any, ClassVar

import eventlet
from eventlet import patcher
from nameko.containers import ServiceContainer
from nameko.extensions import DependencyProvider

from servicekit import clock, logs
from servicekit.entrypoints.calls import Call, rpc
from servicekit.errors import ServiceError
from servicekit.health import Health
from servicekit.recovery.calls import RepairList
from servicekit.settings import Settings, SettingsError

STOP_LIMIT_SECONDS = 25.0


class SettingsProvider(DependencyProvider):
    def get_dependency(self, worker_ctx: Any) -> Settings:
        settings: Settings = self.container.config["settings"]
        return settings


class BareService:
    """Base of what answers calls and nothing else, such as the door for suppliers.

    `errors` maps domain exceptions to ServiceErrors. `amqp_setting` names the setting with the broker's
    address. `authenticate` is "actor" (a signed actor in the message) or "broker_user" (RabbitMQ's
    validated user_id).
    """

    name: str
    errors: ClassVar[Mapping[type[Exception], type[ServiceError]]] = {}
    amqp_setting = "amqp_url"
    producer: str | None = None
    authenticate = "actor"

    health = Health()
    settings = SettingsProvider()

    @rpc(public=True)
    def ready(self, call: Call) -> dict[str, Any]:
        """Whether this replica can work; answered over the broker, for the gateway's /readyz."""
        return {"ready": self.health.ready, "checks": self.health.checks}


class Service(RepairList, BareService):
    """Base of the services of the house: with a repair list of what failed."""


def run(*services: Any, settings: Any) -> None:
    """Run until a signal comes. Services and settings may be classes or "module:Name", imported after the
    patching.

    `settings` is a Settings subclass. Exits with 2 and one sentence when the environment is wrong.
    """
    classes = [_named(service) for service in services]
    settings_class: type[Settings] = _named(settings)
    try:
        values = settings_class.load()
    except SettingsError as error:
        sys.exit(f"{classes[0].name}: {error}")
    logs.configure(classes[0].name, values.log_level)
    containers = [_container(service, values, main=index == 0) for index, service in enumerate(classes)]
    stopping = eventlet.event.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: _asked_to_stop(stopping))
    for container in containers:
        container.start()
    logs.logger("process").info("started", pid=os.getpid())
    _wait(containers, stopping)


def _wait(containers: list[Any], stopping: Any) -> None:
    """Until asked to stop, or until a container dies: then the process ends, and whoever keeps it starts it
    anew.
    """
    log = logs.logger("process")
    for container in containers:
        eventlet.spawn(_died, container, stopping)
    died = stopping.wait()
    _watch_the_stop()
    for container in containers:
        container.stop()
    log.info("stopped", reason=repr(died) if died else "asked to")
    sys.stdout.flush()
    # Nothing is left to do; taking the interpreter down in order can take seconds on a busy machine.
    os._exit(1 if died else 0)


def _died(container: Any, stopping: Any) -> None:
    try:
        container.wait()
    except Exception as error:
        logs.logger("process").error("the service died", error=error, exc_info=error)
        if not stopping.ready():
            stopping.send(error)


def _asked_to_stop(stopping: Any) -> None:
    """Runs between two steps of whatever runs: a handler that never yields can't keep the watchdog away."""
    _watch_the_stop()
    if not stopping.ready():
        stopping.send()


@cache
def _watch_the_stop() -> None:
    """A stop that hangs is ended from a real thread: greenlets may be the ones that hang."""
    real_time, threading = patcher.original("time"), patcher.original("threading")

    def end() -> None:
        real_time.sleep(STOP_LIMIT_SECONDS)
        os.write(2, b"the stop took too long; ending the process\n")
        os._exit(1)

    threading.Thread(target=end, daemon=True, name="stop-watchdog").start()


def _container(service: type[Service], settings: Settings, main: bool) -> Any:
    config = {
        "AMQP_URI": getattr(settings, service.amqp_setting),
        "max_workers": settings.max_workers,
        "settings": settings,
        "clock": clock.from_environment(),
        "producer": service.producer or service.name,
        "main": main,
        "started_at": time.monotonic(),
    }
    return ServiceContainer(service, config)


def _named(target: Any) -> Any:
    if not isinstance(target, str):
        return target
    module, _, name = target.partition(":")
    return getattr(import_module(module), name)
