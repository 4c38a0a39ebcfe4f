"""Signing in and out. What somebody was sending when their session had ended is kept and sent on."""

from __future__ import annotations

from itsdangerous import BadData, URLSafeTimedSerializer
from servicekit.actor import Actor
from servicekit.errors import Invalid, ServiceError, Unauthenticated

from gateway.accounts.sign_in import SESSION_LIFETIME, Session
from gateway.http.errors import TooManyRequests
from gateway.pages import cookies, errors
from gateway.pages.forms import Form
from gateway.pages.outcome import Go, Outcome, Show
from gateway.pages.page import PUBLIC, Pages
from gateway.pages.site_map import home_of
from gateway.pages.visit import Visit

pages = Pages()

RESUME_SECONDS = 3600


@pages.get("/sign-in", PUBLIC)
def ask(visit: Visit) -> Outcome:
    """The page to sign in."""
    if visit.signed_in:
        return Go(safe_path(visit.query.get("next", "")) or home_of(visit.actor))
    return sign_in_page(visit, next_path=visit.query.get("next", ""))


@pages.post("/sign-in", PUBLIC)
def sign_in(visit: Visit) -> Outcome:
    """Sign in. A new session each time; one that this browser had ends."""
    try:
        session = visit.house.sign_in(
            visit.form.get("email", ""), visit.form.get("password", ""), visit.address
        )
    except (Unauthenticated, TooManyRequests, Invalid) as error:
        return _again(visit, error)
    return enter(visit, session, visit.form.get("next", ""), visit.form.get("resume", ""))


@pages.post("/sign-out", "sessions.own")
def sign_out(visit: Visit) -> Outcome:
    """Sign out."""
    visit.house.gate.end(visit.token or "")
    return Go("/", visit.words("You are signed out."), (cookies.end_session(),))


def enter(visit: Visit, session: Session, next_path: str = "", resume: str = "") -> Outcome:
    """With a session: to where the visitor was going, or to the form that was being sent."""
    if visit.token:
        visit.house.gate.end(visit.token)
    keep = cookies.keep_session(session.token, int(SESSION_LIFETIME.total_seconds()))
    path, form = _kept(visit, resume)
    if form is None:
        return Go(safe_path(next_path) or home_of(session.account.actor()), headers=(keep,))
    # The form goes on under the new session; a person sends it, since a page that sends itself needs a
    # script.
    visit.cookies.append(keep)
    visit.actor, visit.token = session.account.actor(), session.token
    visit.csrf = visit.house.guard.mark(session.token)
    return visit.show(
        "access/resume.html", path=path, fields_kept=form.said(), own=_own(form),
        files_lost="files_lost" in form,
    )  # fmt: skip


def sign_in_page(
    visit: Visit,
    *,
    next_path: str = "",
    resume: tuple[str, Form] | None = None,
    kept: str = "",
    wrong: str = "",
    status: int = 200,
) -> Show:
    if resume is not None:
        lost = {"files_lost": ["yes"]} if resume[1].files else {}
        kept = _keeper(visit).dumps([resume[0], {**resume[1].fields, **lost}])
    return visit.show("access/sign_in.html", status, next_path=safe_path(next_path), resume=kept, wrong=wrong)


def safe_path(path: str) -> str:
    """A path of ours, or nothing: never another host (`//evil`, `/\\evil`)."""
    inside = path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()
    return path if inside and len(path) < 2000 else ""


def role_words(actor: Actor) -> str:
    return ", ".join(sorted(actor.roles))


def _again(visit: Visit, error: ServiceError) -> Show:
    status = 429 if isinstance(error, TooManyRequests) else 401
    return sign_in_page(
        visit,
        next_path=visit.form.get("next", ""),
        kept=visit.form.get("resume", ""),
        wrong=errors.explain(visit, error),
        status=status,
    )


def _own(form: Form) -> dict[str, str]:
    return {name: form[name] for name in ("key", "version") if name in form}


def _kept(visit: Visit, resume: str) -> tuple[str, Form | None]:
    if not resume:
        return "", None
    try:
        path, fields = _keeper(visit).loads(resume, max_age=RESUME_SECONDS)
    except BadData:
        return "", None
    return safe_path(path), Form(fields)


def _keeper(visit: Visit) -> URLSafeTimedSerializer:
    return URLSafeTimedSerializer(visit.house.settings.actor_secret, salt="resume")
