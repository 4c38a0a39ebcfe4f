"""Who else a request touches: whom it is for, whom the executor meets there, who pays."""

from __future__ import annotations

from marshmallow import fields

from gateway.api.schemas.base import Body, Id, Text, View


class NewOnSite(Body):
    """Whom the executor telephones; need not be known here as a person."""

    name = Text(200, required=True)
    phone = Text(50, metadata={"example": "06-12345678"})


class Involving(Body):
    requested_for_id = Id(
        metadata={"description": "Whom it is for: a colleague of the requester. It is theirs too then."}
    )
    on_site = fields.Nested(NewOnSite, allow_none=True)
    cost_centre = Text(
        200,
        metadata={
            "description": "Its key. Left out: that of the department of whom it is for.",
            "example": "4100",
        },
    )


class CostCentreView(View):
    key = fields.String(required=True)
    name = fields.String(required=True)


class OnSiteView(View):
    name = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)


class ColleagueFilter(Body):
    q = Text(200, required=True, metadata={"description": "Beginnings of words of a name."})


class ColleagueView(View):
    person_id = fields.UUID(required=True)
    name = fields.String(required=True)
    department = fields.String(required=True, allow_none=True)


class ColleagueList(View):
    items = fields.List(fields.Nested(ColleagueView), required=True)


class OwnCostCentreView(CostCentreView):
    """`own`: of one's own department, which is charged when nothing is said."""

    own = fields.Boolean(required=True)


class OwnCostCentreList(View):
    items = fields.List(fields.Nested(OwnCostCentreView), required=True)
