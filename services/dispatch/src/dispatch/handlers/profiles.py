"""What providers can take on, as managers keep it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import time, timedelta
from typing import Any
from uuid import UUID

from servicekit.actor import Actor
from servicekit.errors import Invalid, NotFound, Stale

from dispatch.domain.profiles import Absence, Candidate, Profile
from dispatch.domain.windows import Window
from dispatch.handlers import views
from dispatch.handlers.planning import plan_routed_again
from dispatch.storage.silences import COUNTED
from dispatch.storage.unit_of_work import DispatchWork

COUNTED_SINCE = timedelta(days=90)


def get_provider(work: DispatchWork, provider_id: UUID) -> dict[str, Any]:
    return view(_candidate(work, provider_id), work.actor, work, _counts(work))


def list_providers(work: DispatchWork) -> dict[str, Any]:
    """All of them, by name: there are tens, not thousands."""
    known = work.routing.market((), work.now).candidates.values()
    counts = _counts(work)
    items = [view(one, work.actor, work, counts) for one in sorted(known, key=lambda one: one.provider.name)]
    return {"items": items, "next_cursor": None}


def save_provider_profile(
    work: DispatchWork,
    provider_id: UUID,
    version: int,
    zone: str,
    skills: Sequence[str],
    places: Sequence[UUID],
    hours: Sequence[dict[str, Any]],
    capacity: int | None,
    absences: Sequence[dict[str, Any]],
    patience: dict[str, int | None],
    emails: Sequence[str],
    language: str = "nl",
) -> dict[str, Any]:
    """Requests that waited for somebody to be available are tried again."""
    if not work.routing.lock_provider(provider_id):
        raise _unknown()
    before = _candidate(work, provider_id)
    if before.profile.version != version:
        raise Stale("stale", "Somebody changed this provider meanwhile; read it again.")
    profile = Profile(
        skills=tuple(dict.fromkeys(skill.strip().lower() for skill in skills if skill.strip())),
        places=tuple(dict.fromkeys(places)),
        hours=tuple(window_of(one, zone) for one in hours),
        capacity=capacity,
        absences=tuple(sorted((_absence(one) for one in absences), key=lambda one: one.start)),
        patience={name: value for name, value in patience.items() if value is not None},
        emails=tuple(dict.fromkeys(one.strip() for one in emails)),
        language=language,
        version=version + 1,
    )
    _check(work, before.provider.slug, profile)
    work.routing.save_profile(provider_id, profile, work.now, work.actor.name or work.actor.id)
    if profile.patience != before.profile.patience:
        work.silences.look_again(work.now)
    plan_routed_again(work)
    return get_provider(work, provider_id)


def view(
    candidate: Candidate, actor: Actor, work: DispatchWork, counts: Mapping[UUID, dict[str, int]]
) -> dict[str, Any]:
    """Who does not direct work sees who there is, and no more."""
    shown = views.provider(candidate.provider)
    if not actor.can("routing.read"):
        return shown
    profile = candidate.profile
    absence = profile.absence_at(work.now)
    return shown | {
        "skills": list(profile.skills),
        "places": [
            {"location_id": place, "path": path}
            for place, path in zip(profile.places, candidate.paths, strict=False)
        ],
        "hours": [window.as_dict() for window in profile.hours],
        "capacity": profile.capacity,
        "absences": [one.as_dict() for one in profile.absences],
        "capacity_now": candidate.capacity,
        "people": candidate.people,
        "people_absent": candidate.away,
        "in_hand": candidate.in_hand if profile.capacity is not None else None,
        "patience": profile.patience,
        "emails": list(profile.emails),
        "language": profile.language,
        "silences": counts.get(candidate.provider.provider_id, dict.fromkeys(COUNTED, 0)),
        "absent_until": absence.end if absence else None,
        "gone": candidate.gone,
        "version": profile.version,
    }


def _counts(work: DispatchWork) -> dict[UUID, dict[str, int]]:
    """Of silences; for who directs work alone."""
    return work.silences.counts(work.now - COUNTED_SINCE) if work.actor.can("routing.read") else {}


def _candidate(work: DispatchWork, provider_id: UUID) -> Candidate:
    found = work.routing.market((), work.now).candidates.values()
    known = next((one for one in found if one.provider.provider_id == provider_id), None)
    if known is None:
        raise _unknown()
    return known


def _check(work: DispatchWork, slug: str, profile: Profile) -> None:
    errors: dict[str, list[str]] = {}
    known = work.routing.market((), work.now).candidates
    for absence in profile.absences:
        if absence.end <= absence.start:
            errors["absences"] = ["The last day lies before the first."]
        elif absence.stand_in is not None and absence.stand_in not in known:
            errors["absences"] = [f"There is no provider '{absence.stand_in}' to stand in."]
        elif absence.stand_in == slug:
            errors["absences"] = ["Nobody can stand in for itself."]
    paths = work.routing.paths([str(place) for place in profile.places])
    missing = [place for place in profile.places if str(place) not in paths]
    if missing:
        errors["places"] = [f"The place {missing[0]} is not known."]
    if errors:
        raise Invalid("invalid", "This cannot be kept.", errors)


def window_of(said: dict[str, Any], zone: str) -> Window:
    start, end = (time.fromisoformat(said[name]) for name in ("start", "end"))
    return Window(tuple(sorted(set(said["days"]))), start, end, zone)


def _absence(said: dict[str, Any]) -> Absence:
    return Absence(said["start"], said["end"], said.get("reason"), said.get("stand_in"))


def _unknown() -> NotFound:
    return NotFound("provider_not_found", "There is no such provider.")
