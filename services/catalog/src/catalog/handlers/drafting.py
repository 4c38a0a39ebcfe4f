"""Working on the next version of a product or an article, and letting it out: now, or by itself on a date.

Who publishes waits for one lock, so of two who do it at the same moment (a person, the timers of several
replicas) the second finds no draft any more.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, ClassVar, Generic
from uuid import UUID

from servicekit.errors import Conflict, Invalid, NotFound, Stale

from catalog.domain.draft import Action, Content, Draft
from catalog.domain.errors import CatalogError, ContentRefused, NotInThisState, Overtaken, TooFarAway
from catalog.domain.problems import Problems
from catalog.handlers import views
from catalog.handlers.products import author
from catalog.storage.drafts import Drafts, Kept
from catalog.storage.unit_of_work import CatalogWork

BATCH = 50
Json = dict[str, Any]


class Drafting(ABC, Generic[Content]):
    """`what`: as people call it; `key`: of its id in answers; `nothing`: what a new one begins with."""

    what: ClassVar[str]
    key: ClassVar[str]
    nothing: ClassVar[Json]
    has_other_slug: ClassVar[str]
    keeps_slug: ClassVar[str]

    def __init__(self, work: CatalogWork, drafts: Drafts[Content]) -> None:
        self._work, self._drafts = work, drafts

    @abstractmethod
    def read(self, given: Json) -> Content:
        """The content in what came in."""

    @abstractmethod
    def published(self, item_id: UUID) -> Any | None:
        """The product or article as it stands: `content`, `version`, `withdrawn_at`, `publish`."""

    @abstractmethod
    def first(self, item_id: UUID, content: Content) -> Any: ...

    @abstractmethod
    def holder(self, slug: str) -> UUID | None:
        """Of what has this short name now."""

    @abstractmethod
    def save_and_tell(self, item: Any, by: Json) -> None: ...

    @abstractmethod
    def missing(self, content: Content) -> Problems:
        """What keeps it from being published, its short name apart."""

    @abstractmethod
    def more(self, content: Content) -> Json:
        """What else is told of a draft."""

    # --- by people -----------------------------------------------------------------------------------------

    def start(self, item_id: UUID | None, content: Json | None) -> Json:
        """Of a new one; or of one that is there, as it stands now. There is one at most: an earlier one is
        answered as it is.
        """
        self._work.products.lock_for_publishing()
        if item_id is None:
            draft = Draft(self._work.new_id(), self.read(content or self.nothing), None)
            return self._view(self._save(draft))
        if kept := self._drafts.find(item_id):
            return self._view(kept)
        item = self.published(item_id)
        if item is None:
            raise NotFound(f"no_such_{self.what}", f"There is no such {self.what}.")
        return self._view(self._save(Draft(item_id, item.content, item.version)))

    def get(self, item_id: UUID) -> Json:
        return self._view(self._kept(item_id))

    def save(self, item_id: UUID, revision: int, content: Json) -> Json:
        """Whatever is in it: what it lacks is told with the draft."""
        return self._change(item_id, revision, lambda draft: draft.edit(self.read(content)))

    def follow(self, item_id: UUID, revision: int) -> Json:
        """Its author has seen the version that was published meanwhile."""
        item = self.published(item_id)
        return self._change(item_id, revision, lambda draft: draft.follow(item.version if item else None))

    def schedule(self, item_id: UUID, revision: int, publish_at: datetime) -> Json:
        def change(draft: Draft[Content]) -> Draft[Content]:
            self._check(draft)
            return draft.schedule(publish_at, self._work.now)

        return self._change(item_id, revision, change)

    def unschedule(self, item_id: UUID, revision: int) -> Json:
        return self._change(item_id, revision, lambda draft: draft.unschedule())

    def discard(self, item_id: UUID, revision: int) -> Json:
        draft = self._to_change(item_id, revision)
        with told():
            draft.check(Action.DISCARD)
        self._drafts.remove(item_id)
        return {self.key: item_id, "discarded": True}

    def publish(self, item_id: UUID, revision: int) -> Json:
        draft = self._to_change(item_id, revision)
        with told():
            item, changed = self._publish(draft, author(self._work.actor))
        return {self.key: item_id, "version": item.version, "changed": changed}

    # --- by itself -----------------------------------------------------------------------------------------

    def publish_due(self) -> int:
        """Those whose moment has come; answers how many. One that can't be published any more goes back to
        its author with the reason, and keeps nothing else waiting.
        """
        if not self._drafts.due(self._work.now, 1):
            return 0  # nobody who publishes has to wait for that
        self._work.products.lock_for_publishing()
        due = self._drafts.due(self._work.now, BATCH)
        for kept in due:
            try:
                self._publish(kept.draft, kept.changed_by)
            except CatalogError as refused:
                why = refused.in_one_line() if isinstance(refused, ContentRefused) else str(refused)
                self._drafts.save(kept.draft.given_up(why), self._work.now, kept.changed_by)
        return len(due)

    def _publish(self, draft: Draft[Content], by: Json) -> tuple[Any, bool]:
        item = self.published(draft.item_id)
        self._check(draft)
        content = draft.to_publish(item.version if item else None)
        changed = item is None or item.publish(content, self._work.now)
        if item is None:
            item = self.first(draft.item_id, content)
        if changed:
            self.save_and_tell(item, by)
        self._drafts.remove(draft.item_id)
        return item, changed

    def _problems(self, draft: Draft[Content]) -> dict[str, list[str]]:
        found = self.missing(draft.content).by_field
        if problem := self._slug_problem(draft):
            found.setdefault("slug", []).append(problem)
        return found

    def _check(self, draft: Draft[Content]) -> None:
        """Raises ContentRefused."""
        if problem := self._slug_problem(draft):
            raise ContentRefused(self.what, {"slug": [problem]})
        self.missing(draft.content).raise_if_any(self.what)

    def _slug_problem(self, draft: Draft[Content]) -> str | None:
        """Addresses and files lead to it by its slug: each has its own, and keeps it."""
        holder = self.holder(draft.content.slug)
        if draft.base_version is not None:
            return None if holder == draft.item_id else self.keeps_slug
        return self.has_other_slug if holder else None

    def _change(
        self, item_id: UUID, revision: int, change: Callable[[Draft[Content]], Draft[Content]]
    ) -> Json:
        draft = self._to_change(item_id, revision)
        with told():
            changed = change(draft)
        return self._view(self._save(changed))

    def _save(self, draft: Draft[Content]) -> Kept[Content]:
        return self._drafts.save(draft, self._work.now, author(self._work.actor))

    def _to_change(self, item_id: UUID, revision: int) -> Draft[Content]:
        self._work.products.lock_for_publishing()
        draft = self._kept(item_id).draft
        if draft.revision != revision:
            raise Stale("draft_changed", "Somebody changed this draft meanwhile. Look at how it stands now.")
        return draft

    def _kept(self, item_id: UUID) -> Kept[Content]:
        kept = self._drafts.find(item_id)
        if kept is None:
            raise NotFound("no_such_draft", f"There is no draft of this {self.what}.")
        return kept

    def _view(self, kept: Kept[Content]) -> Json:
        """`problems`: what stands in the way of publishing it, per field. `current_version`: of it as it
        stands.
        """
        draft = kept.draft
        now = self.published(draft.item_id)
        return {
            self.key: draft.item_id,
            **views.draft(kept),
            "problems": self._problems(draft),
            **self.more(draft.content),
            "current_version": now.version if now else None,
            "withdrawn_at": now.withdrawn_at if now else None,
        }


@contextmanager
def told(moment: str = "publish_at") -> Iterator[None]:
    """What the domain refuses, as callers know it. `moment`: the field of when it should happen."""
    try:
        yield
    except ContentRefused as refused:
        raise Invalid(refused.code, str(refused), refused.problems) from refused
    except (NotInThisState, Overtaken) as refused:
        raise Conflict(refused.code, str(refused)) from refused
    except TooFarAway as refused:
        raise Invalid(refused.code, str(refused), {moment: [str(refused)]}) from refused
