"""What is to be read: every regular file under the paths given, hashed, in an order of names alone."""

from __future__ import annotations

import hashlib
import os
import stat
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus_search.errors import PathNotFound

CHUNK = 1 << 20
Tell = Callable[[str], None]


@dataclass(frozen=True, slots=True)
class Found:
    """A file found: where it is, its path as received (relative to the folder given), its size in bytes."""

    file: Path
    path: str
    release: str
    size: int


@dataclass(frozen=True, slots=True)
class Skipped:
    """Something found that can't be read: its path as received, the kind of trouble, and what to do."""

    file: Path
    path: str
    release: str
    kind: str
    reason: str


def shown(path: str) -> str:
    """A file name as text; bytes that are no UTF-8 are written `\\xNN`."""
    return os.fsencode(path).decode("utf-8", "backslashreplace")


def find_files(paths: Sequence[Path], release: str | None, corpus: Path) -> Iterator[Found | Skipped]:
    """Every file under the paths, in order of release and path. The corpus itself is passed over.

    Raises:
        PathNotFound: a path that was given does not exist.
    """
    for path in paths:
        if not path.exists():
            message = f"{path} does not exist; check the name (relative paths count from {Path.cwd()})"
            raise PathNotFound(message)
    for path in sorted(paths, key=lambda one: os.fsencode(one.resolve())):
        top = path.resolve()
        release = shown(release) if release else None
        if top.is_dir():
            yield from _walk(top, release or shown(top.name) or "release", corpus.resolve())
        else:
            yield _look(top, shown(top.name), release or shown(top.parent.name) or "release")


def _walk(top: Path, release: str, corpus: Path) -> Iterator[Found | Skipped]:
    """Files of a folder; folders behind symbolic links are not entered (they may lead in a circle)."""
    denied: list[OSError] = []
    for folder, folders, names in os.walk(top, onerror=denied.append):
        here = Path(folder)
        folders[:] = sorted(name for name in folders if (here / name).resolve() != corpus)
        for name in sorted(names):
            file = here / name
            yield _look(file, shown(str(file.relative_to(top))), release)
        for name in list(folders):
            if (here / name).is_symlink():
                folders.remove(name)
                path = shown(str((here / name).relative_to(top)))
                reason = "a link to a folder is not followed; give the folder itself if it belongs to the release"
                yield Skipped(here / name, path, release, "unsupported", reason)
        while denied:
            error = denied.pop()
            folder_path = Path(error.filename)
            reason = f"the folder can't be opened ({error.strerror}); change its permissions and ingest again"
            yield Skipped(folder_path, shown(str(folder_path.relative_to(top))), release, "unreadable", reason)


def _look(file: Path, path: str, release: str) -> Found | Skipped:
    """The file, if it can be read; what a symbolic link names may lie anywhere, and is not part of the release."""
    if file.is_symlink() and file.exists():
        reason = "a link to a file is not followed; give the file itself if it belongs to the release"
        return Skipped(file, path, release, "unsupported", reason)
    try:
        status = file.stat()
    except OSError as error:
        reason = f"the file can't be reached ({error.strerror}); a link may lead nowhere"
        return Skipped(file, path, release, "unreadable", reason)
    if not stat.S_ISREG(status.st_mode):
        reason = "not a regular file (a pipe, socket or device); nothing was read from it"
        return Skipped(file, path, release, "unsupported", reason)
    if not os.access(file, os.R_OK):
        reason = "no permission to read the file; change its permissions and ingest again"
        return Skipped(file, path, release, "unreadable", reason)
    return Found(file, path, release, status.st_size)


Stamp = tuple[int, int, int]  # size in bytes, time of the last change in nanoseconds, number on its disk


def stamp_of(file: Path) -> Stamp:
    """What tells, without reading it, that a file is as it was."""
    status = file.stat()
    return status.st_size, status.st_mtime_ns, status.st_ino


def sha256_of(file: Path) -> str:
    """The SHA-256 of a file's bytes, as hexadecimal digits."""
    digest = hashlib.sha256()
    with file.open("rb") as handle:
        while chunk := handle.read(CHUNK):
            digest.update(chunk)
    return digest.hexdigest()
