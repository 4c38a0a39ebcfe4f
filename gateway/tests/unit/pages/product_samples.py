"""A draft as the catalogue answers it."""

from __future__ import annotations

from typing import Any

PRODUCT_ID = "01926f00-4100-7a01-8e44-8f9a0b1c2d01"
TEXT = {"nl": "Vraag", "en": "Question"}
CONTENT: dict[str, Any] = {
    "slug": "lamp",
    "category": {"nl": "Reparaties", "en": "Repairs"},
    "name": {"nl": "<Lamp> & snoer", "en": "<Lamp> & cord"},
    "description": {"nl": "Een lamp", "en": "A lamp"},
    "kind": "order",
    "priority": "P4",
    "lead_time": {"amount": 2, "unit": "working_days"},
    "price": {"kind": "fixed", "amount_cents": 1250, "per": None},
    "package": "plus",
    "check_required": False,
    "questions": [
        {"key": "first", "label": TEXT, "type": "choice", "required": True,
         "choices": [{"value": "kept", "label": TEXT}, {"value": "b", "label": TEXT}]},
        {"key": "then", "label": TEXT, "type": "text", "required": True, "choices": [],
         "asked_if": {"question": "first", "answers": ["b"]}},
    ],
    "examples": {"yes": [TEXT], "no": []},
    "audience": {"departments": ["Financiën"], "locations": ["gone"]},
    "process": {"steps": [
        {"key": "pick", "title": TEXT, "provider": "huisdienst", "depends_on": [], "lead_time": None,
         "instructions": None},
        {"key": "place", "title": TEXT, "provider": "unknown-provider", "depends_on": ["pick"],
         "lead_time": {"amount": 1, "unit": "working_days"}, "instructions": TEXT, "checklist": [TEXT],
         "cost_cents": 4500},
    ]},
}  # fmt: skip
BY = {"kind": "person", "id": "lars", "name": "Lars Vos"}
LONGEST = {
    "steps": ["pick", "place"],
    "minutes": 1800,
    "promised": 1200,
    "silent": ["pick"],
    "too_long": True,
}
DRAFT: dict[str, Any] = {
    "critical_path": LONGEST,
    "product_id": PRODUCT_ID,
    "version": 3,
    "state": "draft",
    "actions": ["edit", "follow", "schedule", "publish", "discard"],
    "content": CONTENT,
    "problems": {},
    "base_version": 2,
    "current_version": 2,
    "withdrawn_at": None,
    "publish_at": None,
    "refused": None,
    "changed_at": "2026-11-25T10:00:00Z",
    "changed_by": BY,
}
SCHEDULED = {
    **DRAFT,
    "state": "scheduled",
    "actions": ["schedule", "unschedule", "publish"],
    "publish_at": "2026-12-01T07:00:00Z",
}
NEW = {**DRAFT, "version": 1, "base_version": None, "current_version": None, "content": {
    **CONTENT, "name": {"nl": "", "en": ""}, "category": {"nl": "", "en": ""}, "questions": [],
    "description": {"nl": "", "en": ""}, "price": {"kind": "none", "amount_cents": None, "per": None},
    "lead_time": None, "process": {"steps": []},
}, "critical_path": None,
   "problems": {"name": ["Give it a name as the requester would say it."]}}  # fmt: skip
PUBLISHED = {
    **CONTENT,
    "critical_path": LONGEST,
    "product_id": PRODUCT_ID,
    "version": 2,
    "current_version": 2,
    "published_at": "2026-11-20T10:00:00Z",
    "withdrawn_at": None,
    "withdraw_at": None,
}
LINE = {
    **{name: CONTENT[name] for name in ("slug", "name", "category", "kind")},
    "product_id": PRODUCT_ID,
    "owner": None,
    "version": 2,
    "published_at": "2026-11-20T10:00:00Z",
    "withdrawn_at": None,
    "withdraw_at": None,
    "draft": None,
}
OF_LINE = {**DRAFT, "revision": 3}
