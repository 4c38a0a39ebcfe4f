"""Entry points about when each of a team works."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, rpc
from servicekit.storage import WorkProvider

from dispatch import roster_messages as commands
from dispatch.handlers import rosters
from dispatch.storage.unit_of_work import DispatchWork


class Rosters:
    """A part of DispatchService: see there."""

    settings: Any
    work = WorkProvider(DispatchWork)

    @rpc("teams.read")
    def list_team_hours(self, call: Call, **query: Any) -> dict[str, Any]:
        given = commands.ListPeople().load(query)
        with self.work() as work:
            return rosters.list_people(work, **given)

    @rpc("rosters.write")
    def save_person_hours(self, call: Call, **command: Any) -> dict[str, Any]:
        given = commands.SavePersonHours().load(command)
        with self.work() as work:
            return rosters.save_person_hours(work, zone=self.settings.zone, **given)
