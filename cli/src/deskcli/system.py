"""The whole system on one machine: database, broker, services, gateway, demo supplier and mailbox."""

from __future__ import annotations

import shutil
import signal
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field, replace
from importlib.util import find_spec
from pathlib import Path
from typing import Any, Self

from servicekit.embedded.ports import LOOPBACK, free_ports, is_free
from servicekit.embedded.programs import EmbeddedError, Program

from deskcli import control, health, leftovers, supplier_switches
from deskcli.background import Background, wait_until
from deskcli.backing import Backing, Outside
from deskcli.backup import making as backup
from deskcli.broker_layout import SUPPLIERS
from deskcli.demo import webhook_supplier
from deskcli.layout import Layout
from deskcli.migrations import Migration
from deskcli.processes import DATABASES, PROCESSES, STOP_ORDER, Process, is_installed, program
from deskcli.secret_store import Secrets, load_or_make
from deskcli.supervisor import Supervisor
from deskcli.supplier_switches import SupplierSwitches
from deskcli.surroundings import Surroundings

HOPELESS = 3  # deaths in a row after which a start is given up


@dataclass
class System:
    """Starts, stops and breaks the system. Several may run side by side, each with its own state folder.

    Tests choose `durable=False` (faster, data may be lost with the machine) and `temporary=True` (the data is
    removed at the end). `lively`: with requests in every state, for who comes to look. `port=None` takes any
    free port. `outside` replaces the embedded servers. `say` hears what a person should know.
    """

    state: Path
    port: int | None = None
    host: str = LOOPBACK
    durable: bool = True
    temporary: bool = False
    seed: bool = True
    lively: bool = False
    outside: Outside = field(default_factory=Outside)
    zone: str = "Europe/Amsterdam"
    log_level: str = "INFO"
    extra: Mapping[str, Mapping[str, str]] = field(default_factory=dict)  # more variables, per process
    say: Callable[[str], None] = field(default=lambda _text: None)
    urls: dict[str, str] = field(default_factory=dict, init=False)

    def __post_init__(self) -> None:
        self.layout = Layout(Path(self.state).resolve())
        self.secrets: Secrets
        self._ports: dict[str, int] = {}
        self._programs: dict[str, Program] = {}
        self._ending = ExitStack()

    def start(self) -> None:
        """Bring everything up and wait until it can work; raises EmbeddedError when it cannot."""
        try:
            self._claim()
            self._start_backing()
            self._start_processes()
            is_new = self._seed()
            self._start_suppliers()
            if is_new and self.lively:
                self._enliven()
            self._ending.enter_context(control.serving(self.layout.run, self.commands()))
            self._ending.enter_context(
                control.serving(self.layout.run, self._switches.commands(), supplier_switches.SOCKET)
            )
        except BaseException:
            self.stop()
            raise

    def stop(self) -> None:
        """Stop everything, those who take in work first; harmless when nothing runs. Ten seconds at most, and
        what the database needs to write down what it has.
        """
        self._ending.close()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.stop()

    # --- breaking and mending -------------------------------------------------------------------------

    def kill(self, name: str, number: int = signal.SIGKILL, *, keep_down: bool = False) -> None:
        """Send a signal as a fault would; the process comes back by itself unless it is to stay down."""
        self._supervisor.kill(name, number, keep_down=keep_down)

    def stop_process(self, name: str) -> None:
        """Stop one process in order; it stays down until `start_process`."""
        self._supervisor.stop([name])

    def start_process(self, name: str) -> None:
        """Start a process that is down and wait until it is ready."""
        self._supervisor.start(name)
        self._await(name)

    def restart_process(self, name: str) -> None:
        """Stop one process in order and start it again."""
        self.stop_process(name)
        self.start_process(name)

    @contextmanager
    def without(self, names: Iterable[str]) -> Iterator[None]:
        """Stop these together, in order, and start again afterwards those that ran."""
        running = [
            name for name in names if name in self._supervisor.kept and self._supervisor.kept[name].wanted
        ]
        self._supervisor.stop(running)
        try:
            yield
        finally:
            for name in running:
                self._supervisor.start(name)
            self._await(*running)

    def start_replica(self, name: str) -> str:
        """Start a second one of a service or the gateway beside the first; answers its name."""
        first, replica, (health_port, http) = self._programs[name], f"{name}-2", free_ports(2)
        own = {"HEALTH_PORT": str(health_port), "HTTP_PORT": str(http)}
        self._ports[replica], self.urls[replica] = health_port, f"http://{LOOPBACK}:{http}"
        self._supervisor.run(replace(first, name=replica, environment={**first.environment, **own}))
        self._await(replica)
        return replica

    def backup(self, file: str) -> dict[str, Any]:
        """Copy everything into a new file; nobody is answered meanwhile."""
        made = backup.make(self, Path(file))
        return {
            "at": made.made_at,
            "rows": made.rows,
            "files": len(made.digests),
            "bytes": Path(file).stat().st_size,
        }

    def pids(self) -> dict[str, int]:
        """Return the process ids of what runs now, by name."""
        return {
            name: kept.process.pid
            for name, kept in self._supervisor.kept.items()
            if kept.process and kept.alive
        }

    def names(self) -> list[str]:
        """Return the names of all processes, also of those that are down."""
        return sorted(self._supervisor.kept)

    def is_ready(self, name: str) -> bool:
        """Say whether a process runs and, where it can say so, whether it can work."""
        kept = self._supervisor.kept.get(name)
        if kept is None or not kept.alive:
            return False
        if name in self._backing.checks:
            return self._backing.checks[name]()
        return health.is_ready(self._ports[name]) if name in self._ports else True

    def status(self) -> dict[str, Any]:
        """Return the addresses that hold no password, and how each process is."""
        now = time.monotonic()
        rows = [
            {
                "name": name,
                "pid": kept.process.pid if kept.process and kept.alive else None,
                "ready": self.is_ready(name),
                "wanted": kept.wanted,
                "seconds": now - kept.started if kept.alive else 0,
                "restarts": kept.restarts,
            }
            for name, kept in sorted(self._supervisor.kept.items())
        ]
        return {"url": self.urls["gateway"], "mailbox": self.urls["mailbox"], "processes": rows}

    def commands(self) -> dict[str, Callable[..., Any]]:
        """What `./desk` in another terminal may ask for."""
        return {
            "status": self.status,
            "start": self.start_process,
            "stop": self.stop_process,
            "restart": self.restart_process,
            "kill": self.kill,
            "backup": self.backup,
        }

    # --- the start, step by step ----------------------------------------------------------------------

    def _claim(self) -> None:
        """Take the state folder and the port, and clear away what a crashed run left."""
        taken = "Servicedesk is running here already; see ./desk status."
        self._ending.enter_context(self.layout.claimed(taken))
        if self.port is not None and not is_free(self.port, self.host):
            raise EmbeddedError(f"port {self.port} is in use; choose another with --port.")
        if count := leftovers.clean(self.layout.register):
            self.say(f"ended {count} processes that an earlier run left behind")
        for log in self.layout.logs.glob("*.log"):
            log.replace(log.with_suffix(".log.1"))
        if not self.layout.clock.exists():
            self.layout.clock.write_text("0\n", encoding="ascii")
        self.secrets = load_or_make(self.layout.secrets, DATABASES, SUPPLIERS)
        self._webhook_place = webhook_supplier.Place.on_this_machine(self.layout.data)
        self._supervisor = Supervisor(self.layout.logs, self.layout.register, self.say)
        self._backing = Backing(
            self.layout, self.secrets, self._supervisor, self.say, self.durable, self.outside
        )
        self._ending.callback(self._remove)
        self._ending.callback(self._supervisor.close, STOP_ORDER)

    def _start_backing(self) -> None:
        """Launch database and broker side by side, and migrate as soon as the database is there."""
        stamp = None if self.outside.database else self.layout.data / "migrated"
        migration = Migration(DATABASES, self.layout.logs / "migrations.log", stamp)
        self._ending.callback(migration.cancel)
        broker = Background(self._backing.launch_broker)
        with self._step("database"):
            self._backing.launch_database()
            self._await("postgres")
            self._backing.create_databases()
        with self._step("migrations"):
            migration.run({name: self._backing.urls[f"{name} database"] for name in DATABASES})
        with self._step("broker launched"):
            broker.result()

    def _start_processes(self) -> None:
        """Start every process that is installed; they load while the broker still boots."""
        self._switches = SupplierSwitches(self, self.layout.run)
        with self._step("broker and services"):
            chosen = [process for process in PROCESSES if self._is_possible(process)]
            ports = free_ports(len(chosen) + 2)
            smtp, http = ports.pop(), self.port or ports.pop()
            self._ports = {p.name: port for p, port in zip(chosen, ports, strict=False) if p.has_health}
            self._ports[webhook_supplier.PROCESS] = self._webhook_place.port
            self.urls = {
                **self._backing.urls,
                **{name: f"http://{LOOPBACK}:{port}" for name, port in self._ports.items()},
                "gateway": f"http://{LOOPBACK}:{http}",
            }
            told = Surroundings(self.layout, self.secrets, self.urls, self._ports, self._webhook_place)
            ways = {"HTTP_HOST": self.host, "HTTP_PORT": str(http), "SMTP_PORT": str(smtp)}
            manner = {"ORGANISATION_ZONE": self.zone, "LOG_LEVEL": self.log_level}
            shared = {**told.shared(smtp, self.outside.webhook_targets), **ways, **manner}
            for process in chosen:
                own = {**shared, **told.own(process)}
                self._programs[process.name] = program(process, own, self.extra.get(process.name, {}))
            first = [name for name in self._programs if not name.startswith("supplier-")]
            for name in first:
                self._supervisor.run(self._programs[name])
            self._await("rabbitmq", *first)
        with self._step("gateway"):
            wait_until(lambda: health.is_ready(http), lambda: "the gateway", self.layout.logs)

    def _is_possible(self, process: Process) -> bool:
        """Leave out what is not installed, and a supplier that has no way to another's broker."""
        user = process.name.replace("-", "_")
        return is_installed(process) and (user not in SUPPLIERS or f"{user} broker" in self._backing.urls)

    def _await(self, *names: str) -> None:
        """Wait until all of these that are ours are ready; one that keeps dying is not waited for."""
        waiting = [name for name in names if name in self._supervisor.kept]

        def ready() -> bool:
            for name in waiting:
                if self._supervisor.kept[name].failures >= HOPELESS:
                    raise EmbeddedError(f"{name} does not start; ./desk logs {name} says why.")
            waiting[:] = [name for name in waiting if not self.is_ready(name)]
            return not waiting

        wait_until(ready, lambda: " and ".join(waiting), self.layout.logs)

    def _seed(self) -> bool:
        """Put in the demo organisation, once; the marker goes with the data. Answers whether it was now."""
        if not self.seed or self.layout.seeded.exists() or not find_spec("deskcli.demo"):
            return False
        from deskcli.demo import seed

        with self._step("demo organisation"):
            try:
                seed(self.urls["gateway"], self.secrets)
            except Exception as error:
                raise EmbeddedError(
                    f"the demo organisation could not be put in ({error}); ./desk logs gateway may say why."
                ) from error
        self.layout.seeded.touch()
        return True

    def _enliven(self) -> None:
        """An empty desk works too: what goes wrong here is said, and no more."""
        from deskcli.demo.life import enliven

        with self._step("first requests"):
            try:
                enliven(self.urls["gateway"], self.secrets.bootstrap_token, self.secrets.demo_password)
            except Exception as error:
                self.say(f"not all of the first requests could be made ({error})")

    def _start_suppliers(self) -> None:
        """Let the demo's suppliers in and start their programs, which before would only be refused."""
        if find_spec("deskcli.demo"):
            from deskcli.demo.admission import admit

            admit(self.urls["gateway"], self.secrets)
        token = self.secrets.bootstrap_token
        is_let_in = webhook_supplier.settle(self.urls["gateway"], token, self._webhook_place)
        for name, one in self._programs.items():
            if name.startswith("supplier-") and (is_let_in or name != webhook_supplier.PROCESS):
                self._supervisor.run(one)

    def _remove(self) -> None:
        """Delete what a temporary system has made; until the end it may be decided that it is to stay."""
        if not self.temporary:
            return
        self._backing.postgres().remove()
        shutil.rmtree(self.layout.folder, ignore_errors=True)

    @contextmanager
    def _step(self, name: str) -> Iterator[None]:
        began = time.monotonic()
        yield
        self.say(f"{name:<20} {time.monotonic() - began:5.1f} s")
