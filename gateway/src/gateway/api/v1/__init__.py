"""Version 1 of the API: one file per resource. `OPERATIONS` is the whole of it, in the order of the
documentation."""

from gateway.api.operation import Operation
from gateway.api.v1 import (
    accounts,
    agreements,
    approvals,
    articles,
    assets,
    attachments,
    calendars,
    catalogue_files,
    clocks,
    complaints,
    corrections,
    decisions,
    demo,
    drafts,
    failures,
    figures,
    imports,
    incidents,
    links,
    mails,
    people,
    plans,
    priorities,
    products,
    promises,
    proposals,
    providers,
    relations,
    repeats,
    requests,
    routing,
    sessions,
    suppliers,
    wishes,
    work_orders,
)

_FILES = (
    sessions, proposals, requests, decisions, promises, priorities, links, corrections, complaints,
    incidents, wishes, attachments, approvals, work_orders, products, drafts, articles, providers, routing,
    suppliers, agreements, clocks, relations, people, assets, accounts, imports, mails, failures, figures,
    repeats, plans, catalogue_files, calendars, demo,
)  # fmt: skip

OPERATIONS: list[Operation] = [operation for file in _FILES for operation in file.resources.operations]
