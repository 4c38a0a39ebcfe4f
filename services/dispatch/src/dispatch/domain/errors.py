"""What the rules refuse. `code` is a stable word for programs, the text a sentence for people."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID


class DispatchError(Exception):
    """Base of everything that a rule refuses."""

    code = "not_possible"


class NotAllowed(DispatchError):
    """The order's state does not know this action."""

    code = "action_not_allowed"


class NotInState(NotAllowed):
    """A table of states does not know this action. `refused` tells the cell, so that it can be said in the
    words and the language of who reads it: of what, its state, the action, and what is `possible` instead.
    """

    def __init__(self, of: str, state: str, action: str, possible: Iterable[str]) -> None:
        instead = [str(each) for each in possible]
        now = f"Possible now: {', '.join(instead)}." if instead else "Nothing more can be done with it."
        super().__init__(f"What is '{state}' cannot '{action}'. {now}")
        self.refused = {"of": of, "state": str(state), "action": str(action), "possible": instead}


class NotYours(DispatchError):
    """The action belongs to somebody else: a supplier does not check its own work."""

    code = "action_not_yours"


class CheckFirst(DispatchError):
    """The product asks for a check and there was none."""

    code = "check_first"


class MissingDetail(DispatchError):
    """The action needs a field; `errors` names it, as callers expect."""

    code = "missing_detail"

    def __init__(self, field: str, text: str) -> None:
        super().__init__(text)
        self.errors = {field: [text]}


class PointsOpen(DispatchError):
    """Points of the checklist are not ticked; `errors` names each."""

    code = "points_open"

    def __init__(self, points: list[str]) -> None:
        super().__init__("Not everything on the checklist is ticked.")
        self.errors = {"checklist": [f"Not ticked: {point}" for point in points]}


class StopsOpen(DispatchError):
    """Nothing is known of some stops of a round; `errors` names each."""

    code = "stops_open"

    def __init__(self, stops: list[str]) -> None:
        super().__init__("Answer every stop of this round first: good, not reachable, or a defect.")
        self.errors = {"stops": [f"Nothing is known of: {stop}" for stop in stops]}


class DefectReported(DispatchError):
    """A fault was made from this stop."""

    code = "defect_reported"


class NoCostToDecide(DispatchError):
    """The cost is within what was agreed, or was decided so already."""

    code = "no_cost_to_decide"


class CostNotSettled(DispatchError):
    """It cost more than was agreed by more than the margin, and nobody accepted that."""

    code = "cost_not_settled"


class ExtraAskedAlready(DispatchError):
    """More than the limit was asked, and nobody has decided yet."""

    code = "extra_asked_already"


class NoExtraAsked(DispatchError):
    """Nobody asks for more than the limit, or it has been decided."""

    code = "no_extra_asked"


class BudgetHoldersWord(DispatchError):
    """It is more than the desk may agree to."""

    code = "budget_holders_word"


class AlreadyReplaced(DispatchError):
    """Another order took over already."""

    code = "already_replaced"


class RoundOver(DispatchError):
    """The customer was told that it is ready; from here on a reopening starts a new round."""

    code = "round_over"


class NothingToDeliver(DispatchError):
    """The provider has a work list, or has the order already."""

    code = "nothing_to_deliver"


class CannotGather(DispatchError):
    """These orders cannot be one visit."""

    code = "cannot_gather"

    def __init__(self, text: str) -> None:
        super().__init__(text)
        self.errors = {"work_order_ids": [text]}


class NoVisit(DispatchError):
    """Something was said of a visit in which the order is not."""

    code = "no_visit"


class InvalidProcess(DispatchError):
    """The steps of a process cannot be carried out: none, a double key, an unknown dependency or a circle."""

    code = "invalid_process"


class UnknownProvider(DispatchError):
    """A step names a provider that dispatch does not have."""

    code = "unknown_provider"


class RuleBroken(DispatchError):
    """A routing rule that applies says something that does not hold any more."""

    code = "rule_broken"

    def __init__(self, text: str, rule_id: UUID) -> None:
        super().__init__(text)
        self.rule_id = rule_id


class NobodyAvailable(DispatchError):
    """A routing rule applies, nobody of it can, and it says that a person must decide then."""

    code = "nobody_available"

    def __init__(self, text: str, rule_id: UUID) -> None:
        super().__init__(text)
        self.rule_id = rule_id


class AlreadyTaken(DispatchError):
    """Somebody of the team has it; `name` says who."""

    code = "already_taken"

    def __init__(self, name: str, text: str) -> None:
        super().__init__(text)
        self.name = name


class PlanConflicts(DispatchError):
    """Something is against that moment; `errors` names what. Who plans may do it all the same."""

    code = "plan_conflicts"

    def __init__(self, against: list[str]) -> None:
        super().__init__("Something is against that moment. Choose another, or plan it anyway.")
        self.errors = {"anyway": list(dict.fromkeys(against))}


class AssigneeAbsent(DispatchError):
    """Who it should go to is not there then."""

    code = "assignee_absent"


class NotTheirs(DispatchError):
    """It is a colleague's."""

    code = "not_theirs"


class NobodyOfRole(DispatchError):
    """Nobody of the role that a step names can take it now, or nobody has that role."""

    code = "nobody_of_role"


class NothingProposed(DispatchError):
    """There is no proposal to answer (any more)."""

    code = "nothing_proposed"


class NothingToDismiss(DispatchError):
    """Nobody waits for a word about it (any more)."""

    code = "nothing_to_dismiss"


class NotGranted(DispatchError):
    """There is nothing to revoke."""

    code = "not_granted"


class NotSuspended(DispatchError):
    """There is nothing to resume."""

    code = "not_suspended"


class UnknownProduct(DispatchError):
    """The version of the product that was asked for has not been published here yet."""

    code = "unknown_product_version"


class CannotPlan(DispatchError):
    """Somebody asked to plan a request that still lacks something."""

    code = "cannot_plan"
