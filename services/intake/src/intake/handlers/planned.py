"""What plans make, on time and once: a request per date, which nobody waits for."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from intake.domain.errors import NotAllowed, Wrong
from intake.domain.plans import MAKER, Day, Fate, Plan, State, days, fates, has_come, look_on
from intake.domain.products import Product
from intake.domain.questions import check_answers
from intake.domain.references import reference
from intake.domain.requests import Request
from intake.domain.rules import Rules
from intake.domain.values import By, Requester, Wanted
from intake.handlers import stuck
from intake.handlers.plans import today
from intake.handlers.promising import promised
from intake.handlers.receiving import summary_of
from intake.handlers.stuck import Stuck
from intake.storage.lookups import Found
from intake.storage.unit_of_work import IntakeWork

# At a time; what is left is taken up at the next look, half a minute later.
MOST_AT_ONCE = 20


def to_look_at(work: IntakeWork, rules: Rules, most: int) -> list[UUID]:
    return work.plans.to_look_at(today(work, rules), most)


def look_at(work: IntakeWork, rules: Rules, plan_id: UUID) -> None:
    """The plan is locked, so that of two replicas the second finds that nothing is due any more."""
    plan, now = work.plans.lock(plan_id), today(work, rules)
    if plan is None or plan.state is not State.ACTIVE:
        return
    due, following = _due(plan, work, rules, now)
    for day, fate in fates(due, now):
        _deal_with(work, rules, plan, day, fate)
    until = due[-1].rule_date if due else plan.dealt_until
    again = look_on(following, plan.pattern, now)
    if following and has_come(following, plan.pattern, now):
        again = now
    work.plans.dealt(plan_id, until, again)
    if following is None:
        work.plans.change(plan, plan.version, state=State.ENDED.value)


def _due(plan: Plan, work: IntakeWork, rules: Rules, now: date) -> tuple[list[Day], Day | None]:
    """What it is time for, and what follows. Of days that have passed all are seen, to know the newest."""
    due: list[Day] = []
    for day in days(plan.pattern, work.lookups.calendar(rules.zone), plan.dealt_until):
        ahead = sum(1 for each in due if (each.work_on or each.rule_date) > now)
        if not has_come(day, plan.pattern, now) or ahead >= MOST_AT_ONCE:
            return due, day
        due.append(day)
    return due, None


def make_again(work: IntakeWork, rules: Rules, plan_id: UUID, rule_date: date) -> None:
    """Of a date that is stuck, by the plan as it is now: one that was changed meanwhile may have another
    product. Raises NotAllowed when it still can't be, or need not be, made.
    """
    kept, plan = work.plans.day_of(plan_id, rule_date), work.plans.newest(plan_id)
    if kept is None or plan is None or kept.fate != Fate.STUCK:
        raise NotAllowed("Its work was made already.")
    try:
        request = _make(work, rules, plan, Day(rule_date, kept.work_on))
    except Stuck as still:
        raise NotAllowed(
            f"{still} Change the plan, or have the product put right; then try again."
        ) from still
    work.plans.made_after_all(plan_id, rule_date, request.request_id, work.now)
    stuck.settle(work, plan_id, rule_date)


def _deal_with(work: IntakeWork, rules: Rules, plan: Plan, day: Day, fate: Fate) -> None:
    request_id = None
    if fate is Fate.MADE:
        try:
            request_id = _make(work, rules, plan, day).request_id
        except Stuck as error:
            fate = Fate.STUCK
            stuck.keep(work, plan, day, error)
    work.plans.keep_day(plan.plan_id, day, fate, request_id, work.now)


def _make(work: IntakeWork, rules: Rules, plan: Plan, day: Day) -> Request:
    """As anybody's, for that day. Raises Stuck before anything is kept."""
    found = work.lookups.for_receipt(
        UUID(plan.keeper["person_id"]), plan.location_id, plan.product_id, None, rules.zone
    )
    product, answers = _startable(plan, found)
    request = _request(work, rules, plan, day, found, product)
    by = By("program", plan.name)
    request.receive(by)
    request.accept(product.ref, answers, work.now, by)
    work.add(request)
    return request


def _startable(plan: Plan, found: Found) -> tuple[Product, dict[str, Any]]:
    if found.product is None:
        raise Stuck("product_withdrawn")
    if not found.product.starts_for(found.product.kind):
        raise Stuck("not_by_itself")
    try:
        return found.product, check_answers(found.product.questions, plan.answers, "nl")
    except Wrong as error:
        raise Stuck("questions_changed") from error


def _request(
    work: IntakeWork, rules: Rules, plan: Plan, day: Day, found: Found, product: Product
) -> Request:  # fmt: skip
    zone = ZoneInfo(rules.zone)
    wanted = _wanted(day, zone, work.now)
    return Request(
        request_id=work.new_id(),
        number=found.number,
        reference=reference(found.number, work.now.astimezone(zone)),
        channel="api",
        kind=product.kind,
        priority=product.priority,
        summary=summary_of(plan.name),
        text=plan.text,
        received_at=work.now,
        promise=promised(rules, found.calendar, work.now, product.kind, product.priority, None, wanted),
        requester=found.requester or Requester(plan.keeper["person_id"], plan.keeper["name"]),
        customer_id=found.customer_id,
        notify=False,
        created_by={"kind": "program", "id": f"{MAKER}{plan.plan_id}", "name": plan.name},
        location=found.location,
        product=product.ref,
        answers=plan.answers,
        wanted=wanted,
        stops=list(plan.stops) or None,
        named_provider=plan.provider,
    )


def _wanted(day: Day, zone: ZoneInfo, now: datetime) -> Wanted | None:
    """That whole day. One that has passed is late, and gets the product's usual term."""
    assert day.work_on is not None
    start, end = (datetime.combine(day.work_on, at, zone) for at in (time(0), time(23, 59)))
    return Wanted(max(start, now), end) if end > now else None
