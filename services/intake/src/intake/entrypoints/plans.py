"""Entry points about planned work."""

from __future__ import annotations

from typing import Any

from servicekit.entrypoints import Call, every, on_event, rpc
from servicekit.logs import logger
from servicekit.messages import Message
from servicekit.storage import WorkProvider

from intake.domain.plans import Action
from intake.handlers import defects, planned, plans
from intake.messages import heard
from intake.messages import plans as messages
from intake.messages.shapes import read
from intake.storage.unit_of_work import IntakeWork

Answer = dict[str, Any]
BATCH = 200
log = logger("intake")


class Plans:
    """A part of IntakeService: see there."""

    work = WorkProvider(IntakeWork)
    settings: Any

    @every(seconds=30, lease="intake.make_planned_work")
    def make_planned_work(self) -> None:
        """Each plan in a transaction of its own: one that fails holds up no other."""
        with self.work() as work:
            found = planned.to_look_at(work, self.settings.rules, BATCH)
        for plan_id in found:
            try:
                with self.work() as work:
                    planned.look_at(work, self.settings.rules, plan_id)
            except Exception as error:
                log.error("a plan made nothing", plan_id=str(plan_id), exc_info=error)

    @on_event("dispatch.defect_found")
    def defect_found(self, message: Message) -> None:
        with self.work() as work:
            defects.defect_found(work, self.settings.rules, heard.DefectFound().load(message.data))

    @rpc("plans.read")
    def list_plans(self, call: Call, **query: Any) -> Answer:
        given = read(messages.ListPlans, query)
        with self.work() as work:
            return plans.list_plans(work, self.settings.rules, **given)

    @rpc("plans.read")
    def get_plan(self, call: Call, **query: Any) -> Answer:
        given = read(messages.OnePlan, query)
        with self.work() as work:
            return plans.get_plan(work, self.settings.rules, **given)

    @rpc("plans.read")
    def preview_plan(self, call: Call, **query: Any) -> Answer:
        given = read(messages.PreviewPlan, query)
        with self.work() as work:
            return plans.preview_plan(work, self.settings.rules, **given)

    @rpc("plans.write")
    def save_plan(self, call: Call, **command: Any) -> Answer:
        given = read(messages.SavePlan, command)
        with self.work() as work:
            return plans.save_plan(work, self.settings.rules, **given)

    @rpc("plans.write")
    def change_plan(self, call: Call, **command: Any) -> Answer:
        given = read(messages.ChangeOnePlan, command)
        with self.work() as work:
            return plans.change_plan(work, self.settings.rules, **given)

    @rpc("plans.write")
    def pause_plan(self, call: Call, **command: Any) -> Answer:
        given = read(messages.DecideOnePlan, command)
        with self.work() as work:
            return plans.decide(work, self.settings.rules, action=Action.PAUSE, **given)

    @rpc("plans.write")
    def resume_plan(self, call: Call, **command: Any) -> Answer:
        given = read(messages.DecideOnePlan, command)
        with self.work() as work:
            return plans.decide(work, self.settings.rules, action=Action.RESUME, **given)

    @rpc("plans.write")
    def end_plan(self, call: Call, **command: Any) -> Answer:
        given = read(messages.DecideOnePlan, command)
        with self.work() as work:
            return plans.decide(work, self.settings.rules, action=Action.END, **given)
