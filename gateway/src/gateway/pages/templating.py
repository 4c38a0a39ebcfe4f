"""Jinja, set up once: everything is escaped, nothing missing is passed over in silence."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from gateway.pages import helpers, labels, timeline
from gateway.pages.icons import icon

GLOBALS = {
    "icon": icon,
    "label": labels.label,
    "request_label": labels.request_label,
    "CLOCKS": labels.CLOCKS,
    "PARTIES": labels.PARTIES,
    "PAUSES": labels.PAUSES,
    "ROLES": labels.ROLES,
    "next_promise": helpers.next_promise,
    "grouped": helpers.grouped,
    "question_choices": helpers.question_choices,
    "kind_choices": helpers.kind_choices,
    "priority_choices": helpers.priority_choices,
    "timeline_of": timeline.lines,
}


def environment() -> Environment:
    made = Environment(
        loader=PackageLoader("gateway", "templates"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
        auto_reload=False,
    )
    made.globals.update(GLOBALS)
    return made


def render(template: Template, values: dict[str, Any], block: str | None = None) -> str:
    """The whole, or only the block of that name when the template or one it extends has it."""
    if block is None or block not in template.blocks:
        return template.render(values)
    context = template.new_context(values)
    return "".join(template.blocks[block](context))
