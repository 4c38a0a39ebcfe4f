"""The file of a backup: a tar with a list of what is in it. Whoever has it has every password of the desk."""

from __future__ import annotations

import hashlib
import io
import json
import os
import tarfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

from servicekit.embedded.programs import EmbeddedError

FORMAT = 1
MANIFEST = "manifest.json"
_BLOCK = 1024 * 1024


@dataclass(frozen=True)
class Manifest:
    """`made_at` is in UTC, `counts` are rows by database and table, `digests` SHA-256 by name in the file."""

    made_at: str
    counts: dict[str, dict[str, int]]
    digests: dict[str, str]
    format: int = FORMAT

    @property
    def rows(self) -> int:
        return sum(sum(tables.values()) for tables in self.counts.values())


def write(
    target: Path, made_at: str, counts: dict[str, dict[str, int]], files: Mapping[str, Path]
) -> Manifest:
    """Write the archive in one step: a backup that broke off is not there. Nobody else may read it."""
    manifest = Manifest(made_at, counts, {name: _digest(path) for name, path in files.items()})
    fresh = target.with_name(f"{target.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file, tarfile.open(fileobj=file, mode="w:gz", compresslevel=1) as tar:
        text = json.dumps(asdict(manifest), indent=1).encode()
        entry = tarfile.TarInfo(MANIFEST)
        entry.size = len(text)
        tar.addfile(entry, io.BytesIO(text))
        for name, path in files.items():
            tar.add(path, arcname=name, recursive=False)
    fresh.replace(target)
    return manifest


def unpack(source: Path, folder: Path) -> Manifest:
    """Unpack into an empty folder and compare every file with the list; raises EmbeddedError."""
    try:
        with tarfile.open(source, "r:gz") as tar:
            tar.extractall(folder, filter="data")
        manifest = Manifest(**json.loads((folder / MANIFEST).read_text(encoding="utf-8")))
    except FileNotFoundError as error:
        raise EmbeddedError(f"{error.filename or source} is not there.") from None
    except (tarfile.TarError, EOFError, OSError, ValueError, TypeError) as error:
        raise EmbeddedError(f"{source} is not a whole backup of Servicedesk ({error}).") from error
    if manifest.format != FORMAT:
        raise EmbeddedError(f"{source} was made by another version of ./desk (format {manifest.format}).")
    for name, digest in manifest.digests.items():
        if not (folder / name).is_file() or _digest(folder / name) != digest:
            raise EmbeddedError(f"{source} is damaged: {name} is not what was put in.")
    return manifest


def _digest(path: Path) -> str:
    digest = hashlib.sha256()
    with open(path, "rb") as file:
        while block := file.read(_BLOCK):
            digest.update(block)
    return digest.hexdigest()
