"""Taking a file in: looked at, made harmless, kept. Whoever brought it gets a receipt."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from servicekit.receipts import Receipts, StoredFile

from gateway.files import archives, kinds, names, pictures, redraw
from gateway.files.incoming import Incoming
from gateway.files.kinds import Kind
from gateway.files.refusals import FileRefused
from gateway.files.scanning import Scan
from gateway.files.store import Store

MOST_AT_ONCE = 5
MEGABYTE = 1024 * 1024


class Taking:
    """`store` is None where no files are taken."""

    def __init__(
        self, store: Store | None, scan: Scan | None, receipts: Receipts, most_megabytes: int
    ) -> None:
        self.store = store
        self.most_megabytes = most_megabytes
        self.receipts = receipts
        self._scan = scan

    @property
    def most_bytes(self) -> int:
        """Of one file."""
        return self.most_megabytes * MEGABYTE

    def take(self, files: Sequence[Incoming], bearer: str) -> list[str]:
        """Receipts, in the same order; all of them or none. Raises FileRefused, and Unavailable when the
        scanner is away.
        """
        if len(files) > MOST_AT_ONCE:
            raise FileRefused("too_many_files", limit=MOST_AT_ONCE)
        return [self.receipts.make(self._take_one(file), bearer) for file in files]

    def _take_one(self, file: Incoming) -> StoredFile:
        if self.store is None:
            raise FileRefused("files_not_taken")
        file.close()
        shown = names.shown(file.name)
        if file.too_large:
            raise FileRefused("file_too_large", shown, self.most_megabytes)
        if not file.size:
            raise FileRefused("file_empty", shown)
        kind = _kind_of(file.path, shown)
        if self._scan and not self._scan(file.path):
            raise FileRefused("file_infected", shown)
        with _harmless(file.path, kind, shown) as (path, safe):
            size = path.stat().st_size
            digest = self.store.keep(path)
        scanned = self._scan is not None
        return StoredFile(digest, names.harmless(file.name, safe.endings), safe.media_type, size, scanned)


def _kind_of(path: Path, shown: str) -> Kind:
    try:
        kind = kinds.of(path)
    except archives.Swells:
        raise FileRefused("file_swells", shown) from None
    except archives.Broken:
        raise FileRefused("file_broken", shown) from None
    if kind is None:
        raise FileRefused("file_kind", shown)
    return kind


@contextmanager
def _harmless(path: Path, kind: Kind, shown: str) -> Iterator[tuple[Path, Kind]]:
    """The file itself, or for a picture a new drawing of it, which may be of another kind."""
    if not kind.is_picture:
        yield path, kind
        return
    drawn = path.with_suffix(".drawn")
    try:
        yield drawn, kinds.PICTURES[_draw(path, drawn, shown)]
    finally:
        drawn.unlink(missing_ok=True)


def _draw(path: Path, drawn: Path, shown: str) -> str:
    try:
        return pictures.draw_anew(path, drawn)
    except redraw.TooManyPixels:
        raise FileRefused("picture_too_large", shown) from None
    except pictures.NoPicture:
        raise FileRefused("file_broken", shown) from None
