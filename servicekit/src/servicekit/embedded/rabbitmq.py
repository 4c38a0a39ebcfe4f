"""A private RabbitMQ node: its own ports on loopback, its own cookie, its own port mapper, its data in one folder."""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from servicekit.embedded.broker_packages import BrokerPrograms
from servicekit.embedded.broker_users import BrokerUser, definitions
from servicekit.embedded.ports import LOOPBACK, is_open
from servicekit.embedded.programs import Program

NODE = "desk@localhost"

# Two schedulers that sleep instead of spinning when idle, and a process table that fits a small machine.
EMULATOR = "+S 2:2 +SDcpu 1:1 +SDio 2 +sbwt none +sbwtdcpu none +sbwtdio none +P 65536 +t 1048576"

CONFIGURATION = """\
listeners.tcp.1 = {host}:{port}
load_definitions = {definitions}
loopback_users = none
log.console = true
log.console.level = warning
log.file = false
vm_memory_high_watermark.absolute = 1GiB
disk_free_limit.absolute = 200MB
max_message_size = 16777216
heartbeat = 30
channel_max = 512
collect_statistics_interval = 60000
# The write-ahead log of quorum queues is kept in memory up to this size; the default is 512 MB.
raft.wal_max_size_bytes = 33554432
"""


@dataclass(frozen=True)
class Rabbitmq:
    """One node. `ports` are those for AMQP, for Erlang's distribution and for its port mapper."""

    folder: Path
    programs: BrokerPrograms
    ports: tuple[int, int, int]
    cookie: str
    vhosts: Sequence[str]
    users: Sequence[BrokerUser]

    def url(self, user: str, vhost: str) -> str:
        """Return the URL by which one of the users reaches one of the vhosts."""
        password = next(known.password for known in self.users if known.name == user)
        return f"amqp://{user}:{password}@{LOOPBACK}:{self.ports[0]}/{vhost}"

    def prepare(self) -> None:
        """Write the node's configuration; users and rights are made anew from it at every boot."""
        for name in ("home", "data"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        described = self.folder / "definitions.json"
        described.write_text(json.dumps(definitions(self.vhosts, self.users), indent=1), encoding="utf-8")
        described.chmod(0o600)
        text = CONFIGURATION.format(host=LOOPBACK, port=self.ports[0], definitions=described)
        (self.folder / "rabbitmq.conf").write_text(text, encoding="utf-8")
        (self.folder / "enabled_plugins").write_text("[].\n", encoding="ascii")
        cookie = self.folder / "home" / ".erlang.cookie"
        cookie.unlink(missing_ok=True)
        cookie.touch(mode=0o600)
        cookie.write_text(self.cookie, encoding="ascii")
        cookie.chmod(0o400)

    def port_mapper(self) -> Program:
        """Erlang's epmd in the foreground. Left to itself the node would start one that outlives everything."""
        return Program(
            name="epmd",
            command=(str(self.programs.epmd), "-port", str(self.ports[2]), "-address", LOOPBACK),
            environment=self._environment(),
            folder=self.folder,
        )

    def node(self) -> Program:
        """The broker itself; SIGTERM lets it close its queues in order."""
        return Program(
            name="rabbitmq",
            command=(str(self.programs.server),),
            environment={
                **self._environment(),
                # Makes the start script become the node instead of waiting for it, so that signals arrive.
                "RUNNING_UNDER_SYSTEMD": "true",
                "RABBITMQ_NODENAME": NODE,
                "RABBITMQ_NODE_PORT": str(self.ports[0]),
                "RABBITMQ_DIST_PORT": str(self.ports[1]),
                "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
                "RABBITMQ_LOG_BASE": str(self.folder / "log"),
                "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.conf"),
                "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
                "RABBITMQ_CONF_ENV_FILE": "/dev/null",  # the machine's own node must not lend us its settings
                "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": (
                    f"{EMULATOR} -start_epmd false -kernel inet_dist_use_interface {{127,0,0,1}}"
                ),
            },
            folder=self.folder,
            grace=6.0,
        )

    def is_ready(self) -> bool:
        """Say whether clients can connect: the node listens last of all."""
        return is_open(self.ports[0])

    def _environment(self) -> dict[str, str]:
        path = os.pathsep.join((str(self.programs.erlang), str(self.programs.server.parent), "/usr/bin:/bin"))
        return {
            "HOME": str(self.folder / "home"),
            "PATH": path,
            "LANG": "C.UTF-8",
            "ERL_EPMD_PORT": str(self.ports[2]),
            "ERL_EPMD_ADDRESS": LOOPBACK,
        }
