"""What was refused, as a page: what happened, and what to do about it."""

from __future__ import annotations

from collections.abc import Mapping

from gateway.files.refusals import FileRefused
from gateway.http import problems
from gateway.pages import attaching, refusals
from gateway.pages.labels import _
from gateway.pages.outcome import Show
from gateway.pages.visit import Visit
from servicekit import errors as service
from servicekit import logs

log = logs.logger("pages")

# By status: a heading and what to do.
TEXTS: Mapping[int, tuple[str, str]] = {
    403: (
        _("This is not for your role"),
        _("Sign in with another account, or ask whoever manages the accounts."),
    ),
    404: (
        _("There is nothing here"),
        _("It does not exist, or it is not yours to see."),
    ),
    409: (
        _("That is not possible any more"),
        _("Somebody or something changed it meanwhile. Look at how it stands now."),
    ),
    412: (
        _("Somebody changed this meanwhile"),
        _("Nothing of yours was saved. Look at how it stands now and repeat it if it still makes sense."),
    ),
    413: (
        _("That is too much at once"),
        _("Make it shorter, or send it in parts."),
    ),
    422: (
        _("Something is not filled in right"),
        _("Go back, correct it and send it again. What you wrote is still there."),
    ),
    429: (
        _("Too many attempts"),
        _("Wait a quarter of an hour and try again."),
    ),
    503: (
        _("A part of the desk does not answer"),
        _("Nothing was lost. Try again in a moment."),
    ),
    500: (
        _("Something went wrong on our side"),
        _("We have written it down. Tell the desk the code below if it happens again."),
    ),
}
GENERAL = (_("That did not work"), _("Go back and try again."))


def status_of(visit: Visit, error: service.ServiceError) -> int:
    return int(str(problems.describe(error, visit.correlation_id)["status"]))


def page(visit: Visit, error: service.ServiceError) -> Show:
    status = status_of(visit, error)
    if status >= 500:
        log.error("a page failed", code=error.code, detail=error.detail, kind=type(error).__name__)
    heading, advice = TEXTS.get(status, GENERAL)
    return Show(
        "layout/error.html",
        {
            "status": status,
            "heading": visit.words(heading),
            "advice": visit.words(advice),
            "detail": _detail(visit, error, status),
            "code": visit.correlation_id if status >= 500 else "",
        },
        status,
    )


def _detail(visit: Visit, error: service.ServiceError, status: int) -> str:
    """Of what is not there the heading says all; the words of our own faults are for the log."""
    if status >= 500 or (status == 404 and error.code not in BY_CODE):
        return ""
    return explain(visit, error)


# What services say to programs, by code, for people. What is not here is shown in the service's own words.
BY_CODE: Mapping[str, str] = {
    "cannot_gather": _(
        "A visit has two or more orders that one provider still has to do, and that are in no other visit."
    ),
    "no_confidants": _("Nobody has been named to read this in confidence. Ask the service desk."),
    "confidential": _("A confidential request is corrected by itself."),
    "not_allowed": _("In its present state this can't be done."),
    "notallowed": _("In its present state this can't be done."),
    "tried_too_little": _("Try to reach the customer twice first, and note when and how."),
    "too_early": _("It is too early: the customer still has time to say whether it is settled."),
    "too_late": _("It was closed too long ago; report it anew and name this number."),
    "toolate": _("It was closed too long ago; report it anew and name this number."),
    "stale": _("Somebody changed it meanwhile."),
    "in_flight": _("This was sent already and is being carried out."),
    "foreign_form": _("This form was not sent from this session. Open the page again and repeat it."),
    "no_answer": _("It may still have been done; look before you repeat it."),
    "sign_in_refused": _("This e-mail address and password do not belong together."),
    "too_many_attempts": _("Too many attempts to sign in. Try again later."),
    "invalid": _("Some fields are not right."),
    "draft_changed": _("Somebody changed this draft meanwhile. Look at what you wrote, and keep it again."),
    "content_refused": _("It can't be published yet. Put right what is said at the fields."),
    "article_changed": _(
        "Somebody changed this article meanwhile. Look at what you wrote, and publish it again."
    ),
    "slug_taken": _("Another article has this short name. Choose another title."),
    "overtaken": _("Another version was published after this draft was begun. Look at what differs first."),
    "not_in_this_state": _("It is planned to be published. Take it off the calendar first."),
    "not_a_moment": _("Choose a moment in the future, within two years."),
    "scanner_away": _(
        "Files can't be checked for viruses right now. Send it without, or try again in a moment."
    ),
    "no_room": _("There is no room for files right now. Send it without, or try again later."),
    "no_such_file": _("A file is not here any more. Add it again."),
    "file_gone": _("This file is not here any more."),
    "approver_ids": _("One of these people is not known."),
    "article_id": _("This article is not offered any more. Choose another, or none."),
    "product_id": _("This product is not offered any more. Choose another."),
    "location_id": _("This place is not known. Choose another, or none."),
    "requester_id": _("Say who reports this."),
    "reason": _("Say why not: the requester gets to read it."),
    "wanted": _("This moment has passed. Choose one in the future."),
    "choice": _("Choose one of the moments."),
    "windows": _("Propose fewer moments."),
    "points_open": _("Not everything on the checklist is ticked."),
    "stops_open": _("Not every stop of this round is answered yet. Answer each first."),
    "defect_reported": _("A fault was reported from this stop already. Tell the desk what is different."),
    "cost_not_settled": _("It costs more than was agreed. Accept that first, or close it at a lower cost."),
    "no_cost_to_decide": _("There is nothing to decide about the cost (any more)."),
    "planned_until": _("The end lies before the beginning."),
    "already_taken": _("Somebody has it already."),
    "not_theirs": _("It is a colleague's. You may take it over, with a reason."),
    "not_in_the_team": _("Choose somebody of the team."),
    "no_other_team": _("Choose another team; a supplier is for the desk to ask."),
    "no_such_code": _("This code is not known. It has six letters and digits; let it be read again."),
    "has_people": _("People still belong to it. Let the list of people say where they are now."),
    "has_open_requests": _("Requests of it are still open. Finish or withdraw those first."),
    "has_departments": _("Departments are still in it. End those first."),
    "still_charged": _("Departments are charged to it. Give those another cost centre first, or none."),
    "code_used": _("Somebody has finished this report already."),
    "code_expired": _("This code has expired. What was typed is gone; ask what it is about."),
    "too_many_codes": _("Too many wrong codes. Wait a quarter of an hour."),
    "not_waiting": _("It does not wait any more for somebody to decide who does it."),
    "no_addresses": _("This supplier has no mail addresses: give it some in its profile, or copy the link."),
    "order_over": _("This order is closed, or another took over."),
    "product_changed": _("Somebody changed this product meanwhile. Look at it again."),
    "not_failed": _("This mail need not be sent again."),
    "unknown_place": _("This place is not known to whoever gives out the work."),
    "unknown_provider": _("There is no such team or supplier."),
    "body_too_large": _("Together this is too much. Send it in parts."),
    "form_too_large": _("The fields of this form are too long, or too many."),
    "body_too_slow": _("It took too long to arrive. Send it again."),
    "forbidden": _("Your role may not do this."),
    "idempotency_key_reused": _("This form was sent already with other words. Open the page again."),
    "idempotency_in_flight": _("This was sent already and is being carried out."),
    "bad_form": _("This form can't be read. Open the page again."),
    "bad_query": _("This address can't be read. Go back and choose again."),
    "invalid_cursor": _("This place in the list is not there any more. Begin at the top."),
    "rate_limited": _("That was too often. Wait a moment and try again."),
    "method_not_allowed": _("That can't be done at this address."),
    "unsupported_media_type": _("This kind of content is not taken here."),
    "length_required": _("Send it again from the page."),
    "too_deep": _("Places lie too deep in each other."),
    "not_of_the_demo": _("Nobody of that name is part of the demo."),
    "no_switches": _("The suppliers can't be switched from here."),
    "not_a_supplier": _("Teams work with accounts of their own; only suppliers are invited."),
    "request_id": _("Who reported this is not known; report it anew."),
}


def explain(visit: Visit, error: service.ServiceError) -> str:
    """In the visitor's language as far as we know it."""
    if isinstance(error, FileRefused):
        return attaching.refusal(visit, error)
    if error.refused:
        return refusals.in_words(error.refused, visit.words, visit.can)
    known = BY_CODE.get(error.code)
    return visit.words(known or error.detail)


# What shapes say about a field. marshmallow's words, and ours.
FIELD_TEXTS: tuple[str, ...] = (
    _("Missing data for required field."),
    _("Fill this in."),
    _("Not a valid UUID."),
    _("Field may not be null."),
    _("Contains a character that can't be used."),
    _("Leave out characters that can't be printed."),
    _("Not a valid aware datetime."),
    _("Not a valid integer."),
    _("Give a moment between 1970 and 2200."),
    _("Not a valid number."),
    _("Write a day and a time."),
    _("Write an amount, such as 95,50."),
    _("Write it in at least one language."),
    _("Another article has this short name. Choose another title."),
    _("Say why it goes to somebody else."),
    _("That moment is still to come. Say when the customer said it."),
    _("That moment is still to come. Say when you tried it."),
    _("Then the customer had not been told yet what is done about it. Say when you tried it since."),
    _("Write what it is about first."),
    _("This name is taken. Choose another."),
    _("A department can't be a part of itself."),
    _("This department is not one of the same customer."),
    _("This customer has no such cost centre."),
    _("This cost centre ends, or has not begun. Choose another."),
    _("Another cost centre has this key. Choose another."),
    _("This person is not known. Choose somebody of the list of people."),
    _("This person holds it already. Leave one of the two out."),
    _("Nobody stands in for themselves. Choose somebody else, or nobody."),
    _("This customer is not known, or has ended. Choose another, or none."),
    _("Departments of another customer are charged to it. Give those another cost centre first."),
    _("The last day comes before the first."),
    _("Not a valid date."),
    _("Name at least one holder."),
    _("Choose somebody of the team."),
    _("Choose a product that is a fault with priority P1: danger is nothing less."),
    _("This product has no work of its own, so nobody would go there."),
    _("Danger is for whoever is near: not confidential, and without rules for ordering."),
    _("This product is not offered any more: nobody is sent, and it stays on top of triage. Choose another."),
    _("Choose another team; a supplier is for the desk to ask."),
    _("This person is not known. Choose a colleague of the requester."),
    _("This cost centre is not known, or not of your organisation. Choose another, or none."),
    _("Write a telephone number, such as 06 12345678, +32 2 555 12 12 or 4123."),
)
# What dispatch says that an order still needs: it stands on top of the form, and beside the field.
ORDER_TEXTS: tuple[str, ...] = (
    _("Say why you do not take it."),
    _("Say why it was not done."),
    _("Say why it need not wait for its turn."),
    _("Say what is not right."),
    _("Say why it is cancelled."),
    _("Say why another provider must do it."),
    _("Say when the work begins."),
    _("Say what it waits for and who must act."),
    _("Propose at least one moment, with its beginning and its end."),
    _("The end of a moment lies before its beginning."),
    _("Propose moments that are still to come."),
    _("Say which moments would suit."),
    _("Say why it may cost more."),
    _("Say what is not right about the cost."),
    _("Say what it cost."),
    _("Say what takes more than it may cost."),
    _("Say how much more it costs."),
    _("Say why it may not cost more."),
    _("Say what it may cost."),
    _("Say how it stands, and how you know."),
    _("Say why another team must do it."),
    _("The end lies before the beginning."),
    _("Choose one of the moments."),
    _("That moment has passed; choose another, or ask for others."),
)


def field_errors(visit: Visit, error: service.ServiceError) -> dict[str, str]:
    """One sentence per field, for beside the field."""
    if isinstance(error, FileRefused):
        return {"attachments": attaching.refusal(visit, error)}
    return {name: visit.words(texts[0]) for name, texts in error.errors.items() if texts}
