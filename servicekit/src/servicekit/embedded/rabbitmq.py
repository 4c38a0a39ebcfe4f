"""A private RabbitMQ node: ports, cookie, port mapper and data of its own, on loopback only.

The node is started as an Erlang program with only the applications it needs, not by RabbitMQ's own script:
that one puts every plugin on the code path and translates its configuration format at each boot, which takes
6 s instead of 2, and it cannot live in a folder with a space in its name.
"""

from __future__ import annotations

import json
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from servicekit.embedded.broker_packages import BrokerPrograms
from servicekit.embedded.broker_users import BrokerUser, definitions
from servicekit.embedded.ports import LOOPBACK, is_open
from servicekit.embedded.programs import Program

NODE = "desk@localhost"

# RabbitMQ's own choices for memory, then ours for a small machine: two schedulers that sleep when idle.
EMULATOR = (
    *("+W", "w", "+B", "i", "+MBas", "ageffcbf", "+MHas", "ageffcbf"),
    *("+MBlmbcs", "512", "+MHlmbcs", "512", "+MMmcs", "30"),
    *("+S", "2:2", "+SDcpu", "1:1", "+SDio", "4", "+P", "65536"),
    *("+sbwt", "none", "+sbwtdcpu", "none", "+sbwtdio", "none"),
)

CONFIGURATION = """\
[{{rabbit, [
   {{tcp_listeners, [{{"{host}", {port}}}]}},
   {{load_definitions, {definitions}}},
   {{loopback_users, []}},
   {{log, [{{console, [{{enabled, true}}, {{level, warning}}]}}, {{file, [{{file, false}}]}}]}},
   {{vm_memory_high_watermark, {{absolute, {memory}}}}},
   {{disk_free_limit, 209715200}},
   {{max_message_size, 16777216}},
   {{channel_max, 512}},
   {{collect_statistics_interval, {interval}}}]}},{management}
 %% The write-ahead log of quorum queues is kept in memory up to this size; the default is 512 MB.
 {{ra, [{{wal_max_size_bytes, 33554432}}]}}].
"""

# RabbitMQ's HTTP API costs 10 MB and half a second at boot. Its counters are on, without histories: by them
# the desk sees who floods it, and no difference in processor time per message could be measured.
MANAGEMENT = """
 {{rabbitmq_management, [
   {{tcp_config, [{{ip, "{host}"}}, {{port, {port}}}]}},
   {{rates_mode, none}}]}},
 {{rabbitmq_management_agent, [{{rates_mode, none}}]}},"""
QUIET_MILLISECONDS, COUNTING_MILLISECONDS = 60_000, 5_000

# The management's listener to events sets variables when it is taken away. On SIGTERM that happens while the
# program that keeps those variables is itself on its way out: it waits for an answer that nobody gives, 5 s.
# So it is taken away when the signal has come in and before Erlang hears of it.
LEAVE_AT_ONCE = """\
sys:install(erl_signal_server, {
    fun(State, {in, {notify, sigterm}}, _) ->
            gen_event:delete_handler(rabbit_event, rabbit_mgmt_db_handler, []),
            State;
       (State, _, _) -> State
    end, []})."""


@dataclass(frozen=True)
class Rabbitmq:
    """One node. `ports` are those for AMQP, for Erlang's distribution and for its port mapper; with a
    `management_port` it also answers RabbitMQ's management API there.
    """

    folder: Path
    programs: BrokerPrograms
    ports: tuple[int, int, int]
    cookie: str
    vhosts: Sequence[str]
    users: Sequence[BrokerUser]
    management_port: int = 0
    memory: int = 1024 * 1024 * 1024  # bytes; above it the node stops reading from who publishes

    def url(self, user: str, vhost: str) -> str:
        """Return the URL by which one of the users reaches one of the vhosts."""
        password = next(known.password for known in self.users if known.name == user)
        return f"amqp://{user}:{password}@{LOOPBACK}:{self.ports[0]}/{vhost}"

    def management_url(self, user: str) -> str:
        """Return the URL of the management API for one of the users, who needs a tag for it."""
        password = next(known.password for known in self.users if known.name == user)
        return f"http://{user}:{password}@{LOOPBACK}:{self.management_port}"

    def prepare(self) -> None:
        """Write the node's configuration; users and rights are made anew from it at every boot."""
        for name in ("home", "data", "applications"):
            (self.folder / name).mkdir(parents=True, exist_ok=True)
        described = self.folder / "definitions.json"
        described.write_text(json.dumps(definitions(self.vhosts, self.users), indent=1), encoding="utf-8")
        described.chmod(0o600)
        quoted = json.dumps(str(described), ensure_ascii=False)  # Erlang quotes a string as JSON does
        management = MANAGEMENT.format(host=LOOPBACK, port=self.management_port)
        text = CONFIGURATION.format(
            host=LOOPBACK,
            port=self.ports[0],
            memory=self.memory,
            definitions=quoted,
            management=management if self.management_port else "",
            interval=COUNTING_MILLISECONDS if self.management_port else QUIET_MILLISECONDS,
        )
        (self.folder / "rabbitmq.config").write_text(text, encoding="utf-8")
        plugins = ",".join(self._plugins())
        (self.folder / "enabled_plugins").write_text(f"[{plugins}].\n", encoding="ascii")
        self._link_applications()
        self._write_cookie()

    def port_mapper(self) -> Program:
        """Erlang's epmd in the foreground. Left to itself the node starts one that outlives us."""
        epmd = str(self.programs.erlang / "epmd")
        command = (epmd, "-port", str(self.ports[2]), "-address", LOOPBACK)
        return Program("epmd", command, self._environment(), self.folder)

    def node(self) -> Program:
        """The broker itself; SIGTERM lets it close its queues in order."""
        code = [part for folder in self._code() for part in ("-pz", str(folder / "ebin"))]
        return Program(
            name="rabbitmq",
            command=(
                str(self.programs.erlang / "erl"),
                *code,
                *("-noinput", "-boot", "start_sasl", "-eval", LEAVE_AT_ONCE),
                *("-s", "rabbit", "boot", *EMULATOR),
                *("-start_epmd", "false", "-kernel", "inet_dist_use_interface", "{127,0,0,1}"),
                *("-kernel", "prevent_overlapping_partitions", "false"),
                *("-syslog", "logger", "[]", "-syslog", "syslog_error_logger", "false"),
            ),
            environment={
                **self._environment(),
                "ERL_MAX_ETS_TABLES": "50000",
                "ERL_MAX_PORTS": "65536",
                "RABBITMQ_NODENAME": NODE,
                "RABBITMQ_NODE_PORT": str(self.ports[0]),
                "RABBITMQ_DIST_PORT": str(self.ports[1]),
                "RABBITMQ_MNESIA_BASE": str(self.folder / "data"),
                "RABBITMQ_LOG_BASE": str(self.folder / "log"),
                "RABBITMQ_CONFIG_FILE": str(self.folder / "rabbitmq.config"),
                "RABBITMQ_PLUGINS_DIR": str(self.folder / "applications"),
                "RABBITMQ_ENABLED_PLUGINS_FILE": str(self.folder / "enabled_plugins"),
                "RABBITMQ_CONF_ENV_FILE": "/dev/null",  # the machine's own node must not lend us its settings
            },
            folder=self.folder,
            grace=6.0,
        )

    def is_mapped(self) -> bool:
        """Say whether the port mapper answers: a node that starts before it ends at once."""
        return is_open(self.ports[2])

    def is_ready(self) -> bool:
        """Say whether clients can connect: the node listens last of all."""
        return is_open(self.ports[0])

    def _plugins(self) -> list[str]:
        return ["rabbitmq_management"] if self.management_port else []

    def _link_applications(self) -> None:
        """Fill the folder in which the node looks for plugins and schemas with what it needs, and no more."""
        folder = self.folder / "applications"
        for old in folder.iterdir():
            old.unlink()
        for application in self._code():
            (folder / application.name).symlink_to(application)

    def _code(self) -> list[Path]:
        """Return `rabbit`, the plugins and all they depend on, as far as they come with RabbitMQ."""
        shipped = {folder.name.rsplit("-", 1)[0]: folder for folder in self.programs.applications.glob("*-*")}
        found: dict[str, Path] = {}
        waiting = ["rabbit", *self._plugins()]
        while waiting:
            name = waiting.pop()
            if name in shipped and name not in found:
                found[name] = shipped[name]
                described = (shipped[name] / "ebin" / f"{name}.app").read_text(encoding="utf-8")
                needs = re.search(r"\{applications,\s*\[(.*?)\]", described, re.DOTALL)
                waiting.extend(re.findall(r"\w+", needs.group(1)) if needs else [])
        return list(found.values())

    def _write_cookie(self) -> None:
        cookie = self.folder / "home" / ".erlang.cookie"
        cookie.unlink(missing_ok=True)
        cookie.touch(mode=0o600)
        cookie.write_text(self.cookie, encoding="ascii")
        cookie.chmod(0o400)  # Erlang refuses one that others could read

    def _environment(self) -> dict[str, str]:
        return {
            "HOME": str(self.folder / "home"),
            "PATH": os.pathsep.join((str(self.programs.erlang), "/usr/bin", "/bin")),
            "LANG": "C.UTF-8",
            "ERL_EPMD_PORT": str(self.ports[2]),
            "ERL_EPMD_ADDRESS": LOOPBACK,
        }
