"""Jinja, set up once: everything is escaped, nothing missing is passed over in silence."""

from __future__ import annotations

from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template, select_autoescape

from gateway.pages import (
    danger_words,
    delivery_words,
    grading,
    helpers,
    labels,
    money_words,
    names,
    process_picture,
    routing_words,
    timeline,
)
from gateway.pages.icons import icon
from gateway.pages.site import finding, happening, terms

GLOBALS = {
    "icon": icon,
    "label": labels.label,
    "request_label": labels.request_label,
    "CLOCKS": names.CLOCKS,
    "PARTIES": names.PARTIES,
    "PAUSES": names.PAUSES,
    "EXTRA": money_words.EXTRA,
    "EXTRA_PAUSES": money_words.EXTRA_PAUSES,
    "PATIENCE": names.PATIENCE,
    "ABSENCES": names.ABSENCES,
    "HOURS": names.HOURS,
    "REASONS": names.REASONS,
    "UNITS": names.UNITS,
    "LINKS": names.LINKS,
    "COMPLAINT_CAUSES": names.COMPLAINT_CAUSES,
    "WAYS": names.WAYS,
    "COMPLAINED_PROMISES": names.COMPLAINED_PROMISES,
    "LINK_RULES": names.LINK_RULES,
    "IMPACTS": grading.IMPACTS,
    "URGENCIES": grading.URGENCIES,
    "danger_of": danger_words.danger_of,
    "CALL_FIRST": danger_words.CALL,
    "ROLES": names.ROLES,
    "next_promise": helpers.next_promise,
    "size_words": helpers.size_words,
    "grouped": helpers.grouped,
    "audience": helpers.audience,
    "question_choices": helpers.question_choices,
    "kind_choices": helpers.kind_choices,
    "priority_choices": helpers.priority_choices,
    "said_of": helpers.said_of,
    "timeline_of": timeline.lines,
    "last_reply": timeline.last_reply,
    "delivery_said": delivery_words.said,
    "in_short": happening.in_short,
    "by_when": happening.by_when,
    "order_label": happening.order_label,
    "category_icon": finding.icon_of,
    "term_words": terms.term,
    "price_words": terms.price,
    "costs_words": terms.costs,
    "order_rules": terms.order_rules,
    "routing_words": routing_words,
    "checkers": process_picture.CHECKERS,
    "process_time": terms.process_time,
    "euros": terms.euros,
    "typed_euros": terms.typed_euros,
    "CHARGED": money_words.CHARGED,
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
    # What a template imports and defines outside its blocks is there once its rendering has begun.
    next(iter(template.root_render_func(context)), None)
    return "".join(template.blocks[block](context))
