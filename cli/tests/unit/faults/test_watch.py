"""How recoveries are measured, and what is a death that nobody can explain."""

from __future__ import annotations

from dataclasses import dataclass, field

from deskcli.faults.play import judge_recoveries
from deskcli.faults.targets import BY_NAME
from deskcli.faults.watch import Watch


@dataclass
class House:
    """A system whose processes are as they are said to be."""

    running: dict[str, int] = field(default_factory=lambda: dict.fromkeys(BY_NAME, 1))
    not_ready: set[str] = field(default_factory=set)
    now: float = 0.0

    def pids(self) -> dict[str, int]:
        return self.running

    def is_ready(self, name: str) -> bool:
        return name in self.running and name not in self.not_ready

    def clock(self) -> float:
        return self.now


def watching() -> tuple[House, Watch]:
    house = House()
    return house, Watch(house, house.clock)


def pass_time(house: House, watch: Watch, seconds: float) -> None:
    house.now += seconds
    watch.look()


def test_the_drain_and_the_way_back_are_measured_apart() -> None:
    house, watch = watching()
    watch.killed("intake", "SIGTERM", 1, kept_down=False)
    pass_time(house, watch, 4)
    del house.running["intake"]
    pass_time(house, watch, 1)
    house.running["intake"] = 2
    house.not_ready.add("intake")
    pass_time(house, watch, 2)
    house.not_ready.clear()
    pass_time(house, watch, 0)
    (recovery,) = watch.recoveries
    assert (recovery.ended, recovery.back, recovery.done) == (4, 3, True)


def test_seconds_in_which_the_database_is_away_do_not_count() -> None:
    house, watch = watching()
    watch.killed("intake", "SIGKILL", 1, kept_down=False)
    house.running["intake"] = 2
    house.not_ready |= {"intake", "postgres"}
    pass_time(house, watch, 50)
    house.not_ready.remove("postgres")
    pass_time(house, watch, 2)
    house.not_ready.clear()
    pass_time(house, watch, 0)
    assert watch.recoveries[0].back == 2


def test_when_the_broker_is_back_all_who_lean_on_it_are_measured() -> None:
    house, watch = watching()
    watch.killed("rabbitmq", "SIGKILL", 1, kept_down=True)
    del house.running["rabbitmq"]
    assert watch.pending() == ["rabbitmq"]
    watch.started("rabbitmq", "SIGKILL")
    house.running["rabbitmq"] = 2
    house.not_ready.add("dispatch")
    pass_time(house, watch, 5)
    pass_time(house, watch, 0)
    assert watch.pending() == ["dispatch"]
    pass_time(house, watch, 31)
    house.not_ready.clear()
    pass_time(house, watch, 0)
    verdict = judge_recoveries(watch, [])
    assert verdict.wrong == ["dispatch (rabbitmq) ended in 0.0 s, back in 31.0 s"]


def test_who_never_comes_back_is_lost() -> None:
    house, watch = watching()
    watch.killed("catalog", "SIGKILL", 1, kept_down=False)
    del house.running["catalog"]
    pass_time(house, watch, 99)
    assert judge_recoveries(watch, []).lost == ["catalog never came back"]


def test_a_death_without_a_kill_is_told_and_one_with_a_kill_is_not() -> None:
    _, watch = watching()
    watch.killed("gateway", "SIGKILL", 1, kept_down=False)
    watch.say("gateway died (signal SIGKILL) and is restarted in 0.2 s")
    watch.say("intake died (exit code 1) and is restarted in 0.2 s")
    assert watch.deaths == ["intake died (exit code 1) and nobody had killed it"]
