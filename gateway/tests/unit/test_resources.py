"""What each resource asks of which service."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
from gateway.api.v1.work_orders import ACTIONS
from gateway.clients import SERVICES
from gateway.http.health import Readiness
from gateway.testing import FakeTransport
from servicekit.errors import NotFound, Unavailable
from werkzeug.test import Client

AN_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d01"
OTHER_ID = "01926f00-1000-7a01-8e44-8f9a0b1c2d02"
MOMENT = "2026-12-01T10:00:00Z"
WHEN = datetime(2026, 12, 1, 10, tzinfo=UTC)
TEXT = {"nl": "Lamp", "en": "Lamp"}
AN_ASSET = {"code": "LIFT-1", "name": TEXT, "kind": "lift", "locationKey": "sluis",
            "warrantyUntil": "2028-01-31"}  # fmt: skip

# method, path, body, role, target, the arguments that the service gets
CALLS: list[tuple[str, str, Any, str, str, dict[str, Any]]] = [
    ("POST", f"/v1/requests/{AN_ID}/triage", {"productId": AN_ID, "priority": "P2"}, "agent",
     "intake.triage_request", {"request_id": AN_ID, "version": 4, "product_id": AN_ID, "priority": "P2"}),
    ("POST", f"/v1/requests/{AN_ID}/answer", {"text": "Ja", "articleId": AN_ID}, "agent",
     "intake.answer_request", {"request_id": AN_ID, "version": 4, "text": "Ja", "article_id": AN_ID}),
    ("POST", f"/v1/requests/{AN_ID}/reject", {"reason": "Nee"}, "agent",
     "intake.reject_request", {"request_id": AN_ID, "version": 4, "reason": "Nee"}),
    ("POST", f"/v1/requests/{AN_ID}/join", {"requestId": AN_ID}, "agent",
     "intake.join_request", {"request_id": AN_ID, "version": 4, "main_id": AN_ID}),
    ("POST", f"/v1/requests/{AN_ID}/split", {}, "agent",
     "intake.split_request", {"request_id": AN_ID, "version": 4}),
    ("POST", f"/v1/requests/{AN_ID}/priority", {"impact": "site", "urgency": "high"}, "agent",
     "intake.set_priority", {"request_id": AN_ID, "version": 4, "impact": "site", "urgency": "high"}),
    ("POST", f"/v1/requests/{AN_ID}/promises", {"until": "2026-11-27T12:00:00+00:00", "what": "result"},
     "agent", "intake.make_promise",
     {"request_id": AN_ID, "version": 4, "until": datetime(2026, 11, 27, 12, tzinfo=UTC), "what": "result"}),
    ("GET", f"/v1/work-list?whose=nobody&order=round&place=De+Kade&providerId={AN_ID}", None, "team",
     "dispatch.get_work_list",
     {"whose": "nobody", "order": "round", "place": "De Kade", "provider_id": AN_ID}),
    ("GET", f"/v1/work-orders/{AN_ID}/plan-conflicts?plannedFrom=2026-12-01T10:00:00Z&accountId={AN_ID}",
     None, "team_lead", "dispatch.check_plan",
     {"work_order_id": AN_ID, "planned_from": WHEN, "account_id": AN_ID}),
    ("POST", f"/v1/work-orders/{AN_ID}/plan", {"plannedFrom": MOMENT, "ask": True}, "team_lead",
     "dispatch.plan_work_order",
     {"work_order_id": AN_ID, "version": 4, "planned_from": WHEN, "ask": True}),
    ("GET", f"/v1/providers/{AN_ID}/hours", None, "manager", "dispatch.list_team_hours",
     {"provider_id": AN_ID}),
    ("GET", "/v1/absences", None, "team_lead", "dispatch.list_absences", {}),
    ("POST", f"/v1/absences/{AN_ID}/end", {}, "team", "dispatch.end_absence", {"absence_id": AN_ID}),
    ("POST", f"/v1/absences/{AN_ID}/return-orders", {}, "team_lead", "dispatch.return_orders",
     {"absence_id": AN_ID}),
    ("GET", "/v1/promises?state=broken&team=-", None, "manager",
     "intake.list_promises", {"state": "broken", "team": "-"}),
    ("POST", f"/v1/requests/{AN_ID}/updates", {"text": "Morgen", "reach": "all"}, "agent",
     "intake.post_update", {"request_id": AN_ID, "version": 4, "text": "Morgen", "reach": "all"}),
    ("POST", f"/v1/requests/{AN_ID}/links",
     {"requestId": AN_ID, "kind": "child_of", "rule": "blocks"}, "agent",
     "intake.link_requests",
     {"request_id": AN_ID, "version": 4, "other_id": AN_ID, "kind": "child_of", "rule": "blocks"}),
    ("DELETE", f"/v1/requests/{AN_ID}/links/caused_by/{AN_ID}", None, "agent",
     "intake.unlink_requests", {"request_id": AN_ID, "version": 4, "other_id": AN_ID, "kind": "caused_by"}),
    ("POST", f"/v1/requests/{AN_ID}/complaint/about", {"about": {"requestId": AN_ID}}, "agent",
     "intake.chain_complaint", {"request_id": AN_ID, "version": 4, "about": {"request_id": AN_ID}}),
    ("POST", f"/v1/requests/{AN_ID}/complaint/acknowledge", {"text": "Ja"}, "agent",
     "intake.acknowledge_complaint", {"request_id": AN_ID, "version": 4, "text": "Ja"}),
    ("POST", f"/v1/requests/{AN_ID}/complaint/cause", {"cause": "late"}, "agent",
     "intake.find_cause", {"request_id": AN_ID, "version": 4, "cause": "late"}),
    ("POST", f"/v1/requests/{AN_ID}/complaint/remedy", {"text": "Morgen"}, "agent",
     "intake.remedy_complaint", {"request_id": AN_ID, "version": 4, "text": "Morgen"}),
    ("POST", f"/v1/requests/{AN_ID}/complaint/attempts",
     {"way": "phone", "triedAt": "2026-11-23T10:15:00Z"}, "agent",
     "intake.note_attempt", {"request_id": AN_ID, "version": 4, "way": "phone",
                             "tried_at": datetime(2026, 11, 23, 10, 15, tzinfo=UTC)}),
    ("POST", f"/v1/requests/{AN_ID}/complaint/close", {"reason": "Verhuisd"}, "manager",
     "intake.close_unheard", {"request_id": AN_ID, "version": 4, "reason": "Verhuisd"}),
    ("GET", "/v1/complaints/figures?from=2026-11-01&until=2026-11-02", None, "manager",
     "intake.get_complaint_figures", {"first": date(2026, 11, 1), "last": date(2026, 11, 2)}),
    ("GET", "/v1/incidents?state=open", None, "agent", "intake.list_incidents", {"state": "open"}),
    ("GET", f"/v1/incidents/{AN_ID}", None, "agent", "intake.get_incident", {"incident_id": AN_ID}),
    ("POST", f"/v1/incidents/{AN_ID}/requests", {"requestIds": [AN_ID]}, "agent",
     "intake.gather_requests", {"incident_id": AN_ID, "version": 4, "request_ids": [AN_ID]}),
    ("POST", f"/v1/incidents/{AN_ID}/updates", {"text": "Morgen"}, "agent",
     "intake.tell_incident", {"incident_id": AN_ID, "version": 4, "text": "Morgen"}),
    ("POST", f"/v1/incidents/{AN_ID}/split", {"requestId": AN_ID}, "agent",
     "intake.split_from_incident", {"incident_id": AN_ID, "version": 4, "request_id": AN_ID}),
    ("POST", f"/v1/incidents/{AN_ID}/close", {"text": "Klaar"}, "agent",
     "intake.close_incident", {"incident_id": AN_ID, "version": 4, "text": "Klaar"}),
    ("GET", "/v1/wishes", None, "requester", "intake.list_wishes", {}),
    ("POST", f"/v1/wishes/{AN_ID}/too", None, "requester", "intake.wish_too", {"theme_id": AN_ID}),
    ("POST", f"/v1/requests/{AN_ID}/theme", {"name": TEXT}, "agent",
     "intake.file_wish", {"request_id": AN_ID, "version": 4, "name": TEXT}),
    ("GET", "/v1/themes?state=open&text=pomp", None, "manager",
     "intake.list_themes", {"state": "open", "text": "pomp"}),
    ("GET", f"/v1/themes/{AN_ID}", None, "manager", "intake.get_theme", {"theme_id": AN_ID}),
    ("POST", f"/v1/themes/{AN_ID}/decision", {"decision": "no", "reason": TEXT}, "product_owner",
     "intake.decide_theme", {"theme_id": AN_ID, "version": 4, "decision": "no", "reason": TEXT}),
    ("GET", f"/v1/cost-centres/{AN_ID}", None, "agent", "intake.get_cost_centre", {"budget_id": AN_ID}),
    ("POST", "/v1/cost-centres",
     {"key": "7300", "name": "Inkoop", "thresholdCents": 0, "holders": [{"personId": AN_ID}],
      "validUntil": "2026-12-31"}, "manager", "intake.add_cost_centre",
     {"key": "7300", "name": "Inkoop", "threshold_cents": 0, "holders": [{"person_id": AN_ID}],
      "valid_until": date(2026, 12, 31)}),
    ("PUT", f"/v1/cost-centres/{AN_ID}",
     {"name": "Inkoop", "thresholdCents": 0, "rule": "all",
      "holders": [{"personId": AN_ID, "standInId": AN_ID}]}, "manager", "intake.change_cost_centre",
     {"budget_id": AN_ID, "version": 4, "name": "Inkoop", "threshold_cents": 0, "rule": "all",
      "holders": [{"person_id": AN_ID, "stand_in_id": AN_ID}]}),
    ("GET", "/v1/priority-matrix", None, "agent", "intake.get_priority_matrix", {}),
    ("GET", f"/v1/catalogue/files/{AN_ID}?way=drafts", None, "product_owner",
     "catalog.get_file", {"file_id": AN_ID, "way": "drafts"}),
    ("POST", f"/v1/catalogue/files/{AN_ID}/carry-out", {"way": "drafts", "lookedAt": "abc"}, "product_owner",
     "catalog.carry_out_file", {"file_id": AN_ID, "way": "drafts", "looked_at": "abc"}),
    ("GET", "/v1/repeats?state=proposed", None, "product_owner",
     "intake.list_repeats", {"state": "proposed"}),
    ("GET", f"/v1/repeats/{AN_ID}", None, "agent", "intake.get_repeat", {"repeat_id": AN_ID}),
    ("POST", f"/v1/repeats/{AN_ID}/propose", {}, "product_owner",
     "intake.propose_repeat", {"repeat_id": AN_ID, "version": 4}),
    ("POST", f"/v1/repeats/{AN_ID}/set-aside", {"reason": "Van de buren"}, "manager",
     "intake.set_repeat_aside", {"repeat_id": AN_ID, "version": 4, "reason": "Van de buren"}),
    ("POST", f"/v1/repeats/{AN_ID}/take-back", {}, "manager",
     "intake.take_repeat_back", {"repeat_id": AN_ID, "version": 4}),
    ("GET", "/v1/plans?state=active", None, "agent", "intake.list_plans", {"state": "active"}),
    ("GET", f"/v1/plans/{AN_ID}", None, "agent", "intake.get_plan", {"plan_id": AN_ID}),
    ("POST", "/v1/plan-previews", {"rule": "FREQ=DAILY", "startsOn": "2026-12-01"}, "agent",
     "intake.preview_plan", {"rule": "FREQ=DAILY", "starts_on": date(2026, 12, 1)}),
    ("POST", f"/v1/plans/{AN_ID}/pause", {"reason": "Dicht"}, "manager",
     "intake.pause_plan", {"plan_id": AN_ID, "version": 4, "reason": "Dicht"}),
    ("POST", f"/v1/plans/{AN_ID}/resume", {}, "manager",
     "intake.resume_plan", {"plan_id": AN_ID, "version": 4}),
    ("POST", f"/v1/plans/{AN_ID}/end", {}, "manager", "intake.end_plan", {"plan_id": AN_ID, "version": 4}),
    ("POST", f"/v1/requests/{AN_ID}/corrections", {"what": "kind", "cause": "other", "kind": "order"},
     "agent", "intake.correct_request",
     {"request_id": AN_ID, "version": 4, "what": "kind", "cause": "other", "kind": "order"}),
    ("POST", f"/v1/requests/{AN_ID}/corrections/preview", {"what": "no_show", "cause": "other"}, "agent",
     "intake.preview_correction", {"request_id": AN_ID, "what": "no_show", "cause": "other"}),
    ("GET", "/v1/corrections?what=price&open=true", None, "manager",
     "intake.list_corrections", {"what": "price", "open": True}),
    ("GET", "/v1/correction-figures?from=2026-03-02&until=2026-03-08", None, "manager",
     "intake.count_corrections", {"first": date(2026, 3, 2), "last": date(2026, 3, 8)}),
    ("POST", "/v1/correction-previews",
     {"what": "place", "cause": "other", "locationId": AN_ID, "filter": {"kind": "fault", "open": True}},
     "agent", "intake.preview_corrections",
     {"what": "place", "cause": "other", "location_id": AN_ID, "filter": {"kind": "fault", "open": True}}),
    ("POST", "/v1/correction-batches",
     {"what": "kind", "cause": "other", "kind": "wish", "items": [{"requestId": AN_ID, "version": 3}]},
     "manager", "intake.correct_requests",
     {"what": "kind", "cause": "other", "kind": "wish", "items": [{"request_id": AN_ID, "version": 3}]}),
    ("GET", "/v1/correction-batches", None, "agent", "intake.list_correction_batches", {}),
    ("GET", f"/v1/correction-batches/{AN_ID}", None, "manager",
     "intake.get_correction_batch", {"batch_id": AN_ID}),
    ("POST", f"/v1/correction-batches/{AN_ID}/undo", {"positions": [2]}, "agent",
     "intake.undo_corrections", {"batch_id": AN_ID, "positions": [2]}),
    ("POST", f"/v1/corrections/{AN_ID}/undo", None, "agent",
     "intake.undo_correction", {"correction_id": AN_ID}),
    ("GET", "/v1/correction-causes", None, "agent", "intake.list_correction_causes", {}),
    ("PUT", "/v1/correction-causes", {"items": [{"key": "haast", "name": {"nl": "Haast", "en": "Haste"}}]},
     "manager", "intake.save_correction_causes",
     {"items": [{"key": "haast", "name": {"nl": "Haast", "en": "Haste"}}]}),
    ("POST", f"/v1/requests/{AN_ID}/questions", {"question": "Waar?"}, "agent",
     "intake.ask_requester", {"request_id": AN_ID, "version": 4, "question": "Waar?"}),
    ("POST", f"/v1/requests/{AN_ID}/replies", {"text": "Hier"}, "requester",
     "intake.reply_to_desk", {"request_id": AN_ID, "text": "Hier"}),
    ("POST", f"/v1/requests/{AN_ID}/notes", {"text": "Let op"}, "agent",
     "intake.add_note", {"request_id": AN_ID, "text": "Let op"}),
    ("POST", f"/v1/requests/{AN_ID}/confirm", {}, "requester",
     "intake.confirm_request", {"request_id": AN_ID, "version": 4}),
    ("POST", f"/v1/requests/{AN_ID}/reopen", {"reason": "Koud"}, "requester",
     "intake.reopen_request", {"request_id": AN_ID, "version": 4, "reason": "Koud"}),
    ("POST", f"/v1/requests/{AN_ID}/withdraw", {"reason": "Warm"}, "requester",
     "intake.withdraw_request", {"request_id": AN_ID, "version": 4, "reason": "Warm"}),
    ("POST", "/v1/proposals", {"text": "Koud", "requesterId": AN_ID}, "agent",
     "intake.get_proposals", {"text": "Koud", "requester_id": AN_ID}),
    ("GET", "/v1/proposals/acceptance?from=2026-11-01&until=2026-11-02", None, "manager",
     "intake.get_acceptance", {"first": date(2026, 11, 1), "last": date(2026, 11, 2)}),
    ("GET", "/v1/work-orders?state=issued&open=true", None, "team",
     "dispatch.list_work_orders", {"state": "issued", "open": True}),
    ("GET", f"/v1/work-orders/{AN_ID}", None, "supplier",
     "dispatch.get_work_order", {"work_order_id": AN_ID}),
    ("POST", f"/v1/work-orders/{AN_ID}/redeliver", {}, "agent",
     "dispatch.redeliver_work_order", {"work_order_id": AN_ID, "version": 4}),
    ("POST", f"/v1/work-orders/{AN_ID}/reroute", {"providerId": AN_ID, "reason": "Ziek"}, "agent",
     "dispatch.reroute_work_order",
     {"work_order_id": AN_ID, "version": 4, "provider_id": AN_ID, "reason": "Ziek"}),
    ("POST", f"/v1/work-orders/{AN_ID}/take", {}, "team",
     "dispatch.take_work_order", {"work_order_id": AN_ID, "version": 4}),
    ("POST", f"/v1/work-orders/{AN_ID}/give-back", {"reason": "Ziek"}, "team",
     "dispatch.give_back_work_order", {"work_order_id": AN_ID, "version": 4, "reason": "Ziek"}),
    ("POST", f"/v1/work-orders/{AN_ID}/hand-over", {"providerId": AN_ID, "reason": "Stroom"}, "team",
     "dispatch.hand_over_work_order",
     {"work_order_id": AN_ID, "version": 4, "provider_id": AN_ID, "reason": "Stroom"}),
    ("GET", "/v1/visits", None, "team", "dispatch.list_visits", {}),
    ("GET", f"/v1/visits/{AN_ID}", None, "supplier", "dispatch.get_visit", {"visit_id": AN_ID}),
    ("POST", "/v1/visits", {"workOrderIds": [AN_ID, OTHER_ID]}, "team",
     "dispatch.plan_visit", {"work_order_ids": [AN_ID, OTHER_ID]}),
    ("POST", f"/v1/visits/{AN_ID}/leave", {"workOrderId": AN_ID}, "team",
     "dispatch.leave_visit", {"visit_id": AN_ID, "version": 4, "work_order_id": AN_ID}),
    ("POST", f"/v1/visits/{AN_ID}/join", {"workOrderIds": [AN_ID]}, "team_lead",
     "dispatch.join_visit", {"visit_id": AN_ID, "version": 4, "work_order_ids": [AN_ID]}),
    ("POST", f"/v1/visits/{AN_ID}/dissolve", None, "agent",
     "dispatch.dissolve_visit", {"visit_id": AN_ID, "version": 4}),
    ("GET", f"/v1/work-orders/{AN_ID}/company", None, "agent",
     "dispatch.get_company", {"work_order_id": AN_ID}),
    ("POST", f"/v1/visits/{AN_ID}/start", {}, "team",
     "dispatch.act_on_visit", {"visit_id": AN_ID, "version": 4, "action": "start"}),
    ("POST", f"/v1/visits/{AN_ID}/not-carried-out", {"reason": "Dicht"}, "team",
     "dispatch.act_on_visit",
     {"visit_id": AN_ID, "version": 4, "action": "not_carried_out", "reason": "Dicht"}),
    ("POST", f"/v1/visits/{AN_ID}/complete", {"costCents": 600, "allPoints": True}, "supplier",
     "dispatch.act_on_visit",
     {"visit_id": AN_ID, "version": 4, "action": "complete", "cost_cents": 600, "all_points": True}),
    ("GET", "/v1/products?q=lamp", None, "requester", "catalog.list_products", {"q": "lamp"}),
    ("GET", f"/v1/products/{AN_ID}?version=2", None, "requester",
     "catalog.get_product", {"product_id": AN_ID, "version": 2}),
    ("POST", f"/v1/products/{AN_ID}/withdraw", {}, "product_owner",
     "catalog.withdraw_product", {"product_id": AN_ID, "version": 4}),
    ("GET", "/v1/catalogue?state=scheduled&q=lamp", None, "manager",
     "catalog.list_catalogue", {"state": "scheduled", "q": "lamp"}),
    ("GET", f"/v1/products/{AN_ID}/versions?limit=5", None, "manager",
     "catalog.list_versions", {"product_id": AN_ID, "limit": 5}),
    ("POST", "/v1/product-drafts", {"slug": "lamp"}, "product_owner",
     "catalog.start_draft", {"content": {"slug": "lamp"}}),
    ("POST", f"/v1/products/{AN_ID}/draft", {}, "product_owner",
     "catalog.start_draft", {"product_id": AN_ID}),
    ("GET", f"/v1/products/{AN_ID}/draft", None, "manager", "catalog.get_draft", {"product_id": AN_ID}),
    ("PUT", f"/v1/products/{AN_ID}/draft", {"name": TEXT}, "product_owner",
     "catalog.save_draft", {"product_id": AN_ID, "revision": 4, "content": {"name": TEXT}}),
    ("POST", f"/v1/products/{AN_ID}/draft/follow", {}, "product_owner",
     "catalog.follow_draft", {"product_id": AN_ID, "revision": 4}),
    ("POST", f"/v1/products/{AN_ID}/draft/unschedule", {}, "product_owner",
     "catalog.unschedule_draft", {"product_id": AN_ID, "revision": 4}),
    ("POST", f"/v1/products/{AN_ID}/draft/publish", {}, "product_owner",
     "catalog.publish_draft", {"product_id": AN_ID, "revision": 4}),
    ("POST", f"/v1/products/{AN_ID}/draft/discard", {}, "product_owner",
     "catalog.discard_draft", {"product_id": AN_ID, "revision": 4}),
    ("GET", "/v1/article-catalogue?state=leaving&q=lamp", None, "manager",
     "catalog.list_article_catalogue", {"state": "leaving", "q": "lamp"}),
    ("POST", "/v1/article-drafts", {"slug": "lamp"}, "product_owner",
     "catalog.start_article_draft", {"content": {"slug": "lamp"}}),
    ("POST", f"/v1/articles/{AN_ID}/draft", {}, "product_owner",
     "catalog.start_article_draft", {"article_id": AN_ID}),
    ("GET", f"/v1/articles/{AN_ID}/draft", None, "manager",
     "catalog.get_article_draft", {"article_id": AN_ID}),
    ("PUT", f"/v1/articles/{AN_ID}/draft", {"title": TEXT}, "product_owner",
     "catalog.save_article_draft", {"article_id": AN_ID, "revision": 4, "content": {"title": TEXT}}),
    ("POST", f"/v1/articles/{AN_ID}/draft/follow", {}, "product_owner",
     "catalog.follow_article_draft", {"article_id": AN_ID, "revision": 4}),
    ("POST", f"/v1/articles/{AN_ID}/draft/unschedule", {}, "product_owner",
     "catalog.unschedule_article_draft", {"article_id": AN_ID, "revision": 4}),
    ("POST", f"/v1/articles/{AN_ID}/draft/publish", {}, "product_owner",
     "catalog.publish_article_draft", {"article_id": AN_ID, "revision": 4}),
    ("POST", f"/v1/articles/{AN_ID}/draft/discard", {}, "product_owner",
     "catalog.discard_article_draft", {"article_id": AN_ID, "revision": 4}),
    ("POST", f"/v1/articles/{AN_ID}/withdraw", {}, "product_owner",
     "catalog.withdraw_article", {"article_id": AN_ID, "version": 4}),
    ("POST", f"/v1/articles/{AN_ID}/keep", {}, "product_owner",
     "catalog.plan_article_withdrawal", {"article_id": AN_ID, "version": 4, "withdraw_at": None}),
    ("POST", f"/v1/products/{AN_ID}/keep", {}, "product_owner",
     "catalog.plan_product_withdrawal", {"product_id": AN_ID, "version": 4, "withdraw_at": None}),
    ("GET", "/v1/articles", None, "requester", "catalog.list_articles", {}),
    ("GET", f"/v1/articles/{AN_ID}", None, "requester", "catalog.get_article", {"article_id": AN_ID}),
    ("POST", "/v1/articles", {"slug": "a", "title": TEXT, "body": TEXT}, "product_owner",
     "catalog.publish_article", {"slug": "a", "title": TEXT, "body": TEXT}),
    ("GET", "/v1/providers", None, "agent", "dispatch.list_providers", {}),
    ("GET", f"/v1/requests/{AN_ID}/appointments", None, "requester",
     "dispatch.list_appointments", {"request_id": AN_ID}),
    ("POST", f"/v1/work-orders/{AN_ID}/appointment", {"choice": 0}, "requester",
     "dispatch.answer_appointment", {"work_order_id": AN_ID, "version": 4, "choice": 0}),
    ("POST", f"/v1/work-orders/{AN_ID}/appointment", {"reason": "Vrijdag"}, "requester",
     "dispatch.answer_appointment", {"work_order_id": AN_ID, "version": 4, "reason": "Vrijdag"}),
    ("GET", f"/v1/providers/{AN_ID}", None, "team", "dispatch.get_provider", {"provider_id": AN_ID}),
    ("POST", f"/v1/providers/{AN_ID}/profile", {"skills": ["sloten"], "capacity": 3}, "manager",
     "dispatch.save_provider_profile",
     {"provider_id": AN_ID, "version": 4, "skills": ["sloten"], "capacity": 3}),
    ("GET", "/v1/routing-rules", None, "agent", "dispatch.list_routing_rules", {}),
    ("POST", f"/v1/routing-rules/{AN_ID}", {"name": "Water", "skill": "loodgieter"}, "manager",
     "dispatch.save_routing_rule",
     {"rule_id": AN_ID, "version": 4, "name": "Water", "skill": "loodgieter"}),
    ("POST", f"/v1/routing-rules/{AN_ID}/move", {"position": 2}, "manager",
     "dispatch.move_routing_rule", {"rule_id": AN_ID, "version": 4, "position": 2}),
    ("GET", f"/v1/work-orders/{AN_ID}/links", None, "agent", "dispatch.get_order_links",
     {"work_order_id": AN_ID}),
    ("POST", f"/v1/work-orders/{AN_ID}/links/end", {"reason": "Kwijt", "send": True}, "agent",
     "dispatch.end_order_links", {"work_order_id": AN_ID, "reason": "Kwijt", "send": True}),
    ("POST", f"/v1/work-orders/{AN_ID}/links/send", None, "operator", "dispatch.send_order_link",
     {"work_order_id": AN_ID}),
    ("GET", "/v1/order-terms", None, "agent", "dispatch.get_order_terms", {}),
    ("POST", "/v1/order-terms", {"costMarginPercent": 5}, "manager",
     "dispatch.save_order_terms", {"version": 4, "cost_margin_percent": 5}),
    ("DELETE", f"/v1/routing-rules/{AN_ID}", None, "manager",
     "dispatch.delete_routing_rule", {"rule_id": AN_ID, "version": 4}),
    ("GET", f"/v1/routing/try?productId={AN_ID}&priority=P1&drafts=true", None, "agent",
     "dispatch.try_routing", {"product_id": AN_ID, "priority": "P1", "drafts": True}),
    ("POST", f"/v1/requests/{AN_ID}/give-out", {"providerId": AN_ID, "reason": "Ziek"}, "agent",
     "dispatch.plan_by_hand", {"request_id": AN_ID, "provider_id": AN_ID, "reason": "Ziek"}),
    ("GET", "/v1/suppliers", None, "manager", "dispatch.list_supplier_access", {}),
    ("GET", f"/v1/suppliers/{AN_ID}/access", None, "manager",
     "dispatch.get_supplier_access", {"provider_id": AN_ID}),
    ("POST", f"/v1/suppliers/{AN_ID}/access/resume", {}, "manager",
     "dispatch.resume_supplier", {"provider_id": AN_ID}),
    ("GET", "/v1/contracts", None, "manager", "monitoring.list_contracts", {}),
    ("GET", "/v1/clocks?breached=true", None, "agent", "monitoring.list_clocks", {"breached": True}),
    ("GET", f"/v1/assets?q=lift&locationId={AN_ID}&kind=lift&withdrawn=false", None, "requester",
     "intake.list_assets", {"q": "lift", "location_id": AN_ID, "kind": "lift", "withdrawn": False}),
    ("GET", "/v1/asset-kinds", None, "requester", "intake.list_asset_kinds", {}),
    ("GET", f"/v1/assets/{AN_ID}", None, "agent", "intake.get_asset", {"asset_id": AN_ID}),
    ("GET", f"/v1/assets/{AN_ID}/history", None, "agent", "intake.get_asset_history", {"asset_id": AN_ID}),
    ("GET", "/v1/stickers/lift-1", None, "requester", "intake.get_sticker", {"code": "lift-1"}),
    ("GET", f"/v1/requests?assetId={AN_ID}", None, "agent", "intake.list_requests", {"asset_id": AN_ID}),
    ("GET", f"/v1/plans?locationId={AN_ID}", None, "agent", "intake.list_plans", {"location_id": AN_ID}),
    ("POST", f"/v1/requests/{AN_ID}/confidential", {"readerIds": [AN_ID]}, "agent",
     "intake.confide_request", {"request_id": AN_ID, "version": 4, "reader_ids": [AN_ID]}),
    ("GET", "/v1/confidants", None, "agent", "intake.list_confidants", {}),
    ("POST", "/v1/confidants", {"personIds": [AN_ID]}, "manager", "intake.save_confidants",
     {"person_ids": [AN_ID]}),
    ("POST", "/v1/assets", {"items": [AN_ASSET]}, "manager", "intake.save_assets",
     {"items": [{"code": "LIFT-1", "name": TEXT, "kind": "lift", "location_key": "sluis",
                 "warranty_until": date(2028, 1, 31)}]}),
    ("GET", "/v1/locations?q=kade", None, "requester", "intake.list_locations", {"q": "kade"}),
    ("GET", "/v1/failures/dispatch?state=open&kind=delivery&cause=delivery:vonk-val:away", None, "agent",
     "dispatch.list_failures", {"state": "open", "kind": "delivery", "cause": "delivery:vonk-val:away"}),
    ("GET", f"/v1/failures/intake/{AN_ID}", None, "agent", "intake.get_failure", {"failure_id": AN_ID}),
    ("GET", "/v1/failures/intake/preview?cause=message:a:b", None, "agent",
     "intake.preview_failures", {"cause": "message:a:b"}),
    ("POST", "/v1/failures/intake/replay", {"failureIds": [AN_ID]}, "operator",
     "intake.replay_failures", {"failure_ids": [AN_ID]}),
    ("POST", "/v1/failures/intake/set-aside", {"cause": "message:a:b", "upTo": 12, "reason": "Oud"},
     "operator", "intake.set_aside_failures", {"cause": "message:a:b", "up_to": 12, "reason": "Oud"}),
    ("GET", "/v1/products?q=koude+lamp&match=any&slug=lamp", None, "requester",
     "catalog.list_products", {"q": "koude lamp", "match": "any", "slug": "lamp"}),
    ("GET", f"/v1/products/{AN_ID}/promise", None, "requester",
     "intake.preview_promise", {"product_id": AN_ID}),
    ("GET", f"/v1/articles/{AN_ID}?version=2", None, "requester",
     "catalog.get_article", {"article_id": AN_ID, "version": 2}),
    ("GET", f"/v1/articles/{AN_ID}/versions?limit=5", None, "manager",
     "catalog.list_article_versions", {"article_id": AN_ID, "limit": 5}),
    ("POST", f"/v1/articles/{AN_ID}/judgements", {"helped": True, "version": 3}, "requester",
     "catalog.judge_article", {"article_id": AN_ID, "helped": True, "version": 3}),
    ("POST", f"/v1/articles/{AN_ID}/judgements", {"helped": False}, "requester",
     "catalog.judge_article", {"article_id": AN_ID, "helped": False}),
    ("GET", "/v1/norms", None, "requester", "monitoring.list_norms", {"kept": True}),
    ("GET", "/v1/people/me", None, "requester", "intake.get_own_person", {}),
    ("GET", "/v1/people?q=daan", None, "agent", "intake.list_people", {"q": "daan"}),
]  # fmt: skip


@pytest.mark.parametrize(("method", "path", "body", "role", "target", "arguments"), CALLS)
def test_a_route_asks_its_service(
    method: str,
    path: str,
    body: Any,
    role: str,
    target: str,
    arguments: dict[str, Any],
    client: Client,
    transport: FakeTransport,
    signed_in: Callable[..., dict[str, str]],
) -> None:
    transport.answers[target] = {"version": 5, "items": [], "next_cursor": None, "article_id": AN_ID}
    transport.answers[target] |= {"product_id": AN_ID, "budget_id": AN_ID}
    answer = client.open(path, method=method, json=body, headers={**signed_in(role), "If-Match": '"4"'})
    assert answer.status_code in (200, 201)
    assert transport.asked(target) == arguments


def test_a_draft_is_planned_for_a_moment_with_its_offset(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["catalog.schedule_draft"] = {"product_id": AN_ID, "version": 5}
    path, headers = f"/v1/products/{AN_ID}/draft/schedule", {**signed_in("product_owner"), "If-Match": '"4"'}
    answer = client.post(path, headers=headers, json={"publishAt": MOMENT})
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"5"')
    assert transport.asked("catalog.schedule_draft")["publish_at"].isoformat() == "2026-12-01T10:00:00+00:00"
    assert client.post(path, headers=headers, json={"publishAt": "morgen"}).status_code == 422


def test_what_differs_is_told_by_the_names_of_the_api(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    told = {"field": "price.amount_cents", "change": "changed", "before": 100, "after": 200}
    transport.answers["catalog.get_comparison"] = {"before": 1, "after": 2, "differences": [told]}
    answer = client.get(f"/v1/products/{AN_ID}/comparison?before=1&after=2", headers=signed_in("manager"))
    assert answer.json["differences"][0]["field"] == "price.amountCents"
    assert transport.asked("catalog.get_comparison") == {"product_id": AN_ID, "before": 1, "after": 2}


def test_what_differs_between_versions_of_an_article_is_told_by_the_names_of_the_api(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    told = {"field": "product_ids", "change": "added", "before": None, "after": AN_ID}
    answered = {"article_id": AN_ID, "before": 1, "after": 2, "differences": [told]}
    transport.answers["catalog.get_article_comparison"] = answered
    path = f"/v1/articles/{AN_ID}/comparison"
    answer = client.get(f"{path}?before=1&after=2", headers=signed_in("manager"))
    assert answer.json["differences"][0]["field"] == "productIds"
    assert transport.asked("catalog.get_article_comparison") == {"article_id": AN_ID, "before": 1, "after": 2}
    client.get(f"{path}?before=1", headers=signed_in("manager"))  # with the draft
    assert transport.calls[-1] == ("catalog.get_article_comparison", {"article_id": AN_ID, "before": 1})
    assert client.get(path, headers=signed_in("manager")).status_code == 422


def test_one_may_ask_for_what_is_offered_to_oneself(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["catalog.list_products"] = {"items": [], "next_cursor": None}
    transport.answers["intake.get_own_person"] = {
        "department": "Financiën", "customer": "Meerwal", "location": {"lies_in": ["sluis-2", "sluis"]}
    }  # fmt: skip
    client.get("/v1/products?offered=true", headers=signed_in("requester"))
    asker = {"department": "Financiën", "customer": "Meerwal", "places": ["sluis-2", "sluis"]}
    assert transport.asked("catalog.list_products") == {"offered_to": asker}
    transport.answers["intake.get_own_person"] = NotFound("no_such_person", "You are not known here.")
    client.get("/v1/products?offered=true", headers=signed_in("requester"))
    assert transport.envelopes[-1]  # asked all the same, as somebody who belongs nowhere


def test_a_new_rule_says_where_it_is(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["dispatch.save_routing_rule"] = {"rule_id": AN_ID, "version": 1}
    rule = {"name": "Water", "conditions": [{"field": "priority", "values": ["P1"]}], "providers": ["a"]}
    answer = client.post("/v1/routing-rules", json=rule, headers=signed_in("manager"))
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/routing-rules/{AN_ID}")
    assert transport.asked("dispatch.save_routing_rule") == rule


BODIES: dict[str, dict[str, Any]] = {
    "accept": {"plannedFrom": MOMENT},
    "refuse": {"reason": "Vol"},
    "schedule": {"plannedFrom": MOMENT, "plannedUntil": MOMENT},
    "propose": {"windows": [{"from": MOMENT, "until": MOMENT}]},
    "confirm_appointment": {"choice": 1},
    "ask_another": {"reason": "Liever vrijdag"},
    "start": {"note": "Begonnen"},
    "pause": {"pause": {"reason": "Materiaal", "counterparty": "supplier"}},
    "resume": {},
    "tick_stop": {"stop": 2, "outcome": "defect", "note": "Verzegeling kapot"},
    "complete": {"costCents": 1250, "note": "Klaar"},
    "check": {},
    "fail": {"reason": "Lekt nog"},
    "close": {},
    "set_limit": {"limitCents": 25_000},
    "ask_extra": {"amountCents": 8_000, "reason": "De leiding is ook lek"},
    "grant_extra": {},
    "refuse_extra": {"reason": "Eerst een offerte"},
    "accept_cost": {"reason": "Twee keer gereden"},
    "dispute_cost": {"reason": "Te veel uren"},
    "begin_early": {"reason": "They are here anyway"},
    "cancel": {"reason": "Niet meer nodig"},
    "confirm_cancellation": {},
    "not_carried_out": {"reason": "Niemand thuis"},
    "dismiss": {"reason": "De monteur belde"},
}


@pytest.mark.parametrize("action", [action.name for action in ACTIONS])
def test_an_action_goes_to_dispatch_with_its_name_and_version(
    action: str, client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["dispatch.act_on_work_order"] = {"version": 5}
    headers = {**signed_in("agent"), "If-Match": '"4"', "Idempotency-Key": "k-1"}
    path = f"/v1/work-orders/{AN_ID}/{action.replace('_', '-')}"
    answer = client.post(path, headers=headers, json=BODIES[action])
    assert (answer.status_code, answer.headers["ETag"]) == (200, '"5"')
    asked = transport.asked("dispatch.act_on_work_order")
    assert (asked["action"], asked["version"], asked["work_order_id"]) == (action, 4, AN_ID)
    assert len(asked) == 3 + len(BODIES[action])
    assert transport.envelopes[0]["idempotency_key"] == "k-1"


PRODUCT = {
    "slug": "lamp",
    "category": TEXT,
    "name": TEXT,
    "kind": "fault",
    "leadTime": {"amount": 2, "unit": "working_days"},
    "price": {"kind": "fixed", "amountCents": 1000},
    "checkRequired": True,
    "questions": [{"key": "which_lamp", "label": TEXT, "type": "choice", "required": True,
                   "choices": [{"value": "tl_tube", "label": TEXT}]}],
    "process": {"steps": [{"key": "a_b", "title": TEXT, "provider": "td", "dependsOn": ["x_y"]}]},
}  # fmt: skip


def test_a_product_is_published_with_its_keys_untouched(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    transport.answers["catalog.publish_product"] = {"product_id": AN_ID, "version": 1}
    answer = client.post("/v1/products", headers=signed_in("product_owner"), json=PRODUCT)
    assert (answer.status_code, answer.headers["Location"]) == (201, f"/v1/products/{AN_ID}")
    asked = transport.asked("catalog.publish_product")
    assert asked["lead_time"] == {"amount": 2, "unit": "working_days"}
    assert asked["process"]["steps"][0]["depends_on"] == ["x_y"]
    assert asked["questions"][0]["choices"][0]["value"] == "tl_tube"
    assert asked["name"] == TEXT


def test_rows_of_a_file_become_records(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    values = {
        "slug": "lamp",
        "name": "Lamp",
        "group": "Straat",
        "days": "3",
        "day_kind": "working",
        "active": "true",
    }
    rows = [{"line": 2, "values": values}, {"line": 3, "values": {**values, "days": "drie"}}]
    refusal = {"line": 2, "key": "lamp", "reason": "because"}
    transport.answers["catalog.import_products"] = {"new": 1, "existing": 0, "refused": [refusal]}
    body = {"mapping": "municipal-categories", "rows": rows}
    answer = client.post("/v1/imports", headers=signed_in("operator"), json=body)
    assert answer.status_code == 200
    assert (answer.json["new"], answer.json["existing"]) == (1, 0)
    assert [each["line"] for each in answer.json["refused"]] == [3, 2]
    asked = transport.asked("catalog.import_products")
    assert (asked["mapping"], len(asked["records"])) == ("municipal-categories", 1)


def test_a_mapping_of_ones_own_is_explained_in_its_own_words(
    client: Client, transport: FakeTransport, signed_in: Callable[..., dict[str, str]]
) -> None:
    mapping = {"target": "requests", "key": "n", "fields": {"received_at": {"row": "middle"}}}
    body = {"mapping": mapping, "rows": [{"line": 2, "values": {"n": "1"}}]}
    answer = client.post("/v1/imports", headers=signed_in("operator"), json=body)
    assert answer.status_code == 422
    assert "mapping.fields.received_at" in answer.json["errors"]


@pytest.mark.parametrize(
    "rows", [[], [{"line": 1}], [{"line": 1, "values": []}], [{"line": 1, "values": {"a": 1}}]]
)
def test_rows_that_are_none_are_refused(
    rows: Any, client: Client, signed_in: Callable[..., dict[str, str]]
) -> None:
    body = {"mapping": "municipal-categories", "rows": rows}
    assert client.post("/v1/imports", headers=signed_in("operator"), json=body).status_code == 422


def test_the_shipped_mappings_are_listed(client: Client, signed_in: Callable[..., dict[str, str]]) -> None:
    found = client.get("/v1/import-mappings", headers=signed_in("operator")).json["items"]
    assert {each["name"] for each in found} == {"incident-event-log", "municipal-categories", "objects"}


@pytest.mark.parametrize("away", [None, *SERVICES])
def test_ready_only_when_every_service_is(
    away: str | None, client: Client, transport: FakeTransport, readiness: Readiness
) -> None:
    for service in SERVICES:
        transport.answers[f"{service}.ready"] = {"ready": True, "checks": {"broker": True}}
    if away:
        transport.answers[f"{away}.ready"] = Unavailable("service_away")
    readiness.forget()
    answer = client.get("/readyz")
    assert answer.status_code == (503 if away else 200)
    assert answer.json["ready"] is (away is None)
    for service in SERVICES:
        assert answer.json["services"][service]["ready"] is (service != away)


def test_metrics_are_there(client: Client) -> None:
    client.get("/livez")
    assert 'gateway_http_answers_total{route="GET /livez",status="200"}' in client.get("/metrics").text
