"""Whether this machine made an index: Whoosh's files hold pickles, and a stranger's are never opened.

The manifest lists every file of the index with size and time of change, and is signed with a key that only this user's
account has. A corpus that was copied, or came from someone else, has no index until one is made here.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from pathlib import Path
from typing import Any

MANIFEST = "manifest.json"


def key_file() -> Path:
    """Where this account's key is."""
    state = os.environ.get("XDG_STATE_HOME") or str(Path.home() / ".local" / "state")
    return Path(state) / "corpus-search" / "index.key"


def _key(*, make: bool) -> bytes | None:
    file = key_file()
    try:
        return file.read_bytes()
    except OSError:
        if not make:
            return None
    file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    key = secrets.token_bytes(32)
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "wb") as out:
        out.write(key)
    return key


def sign(folder: Path, facts: dict[str, Any]) -> None:
    """Write the manifest of an index: facts about it, its files, and the signature."""
    key = _key(make=True)
    assert key is not None
    body = json.dumps(facts | {"files": _files(folder)}, sort_keys=True)
    signature = hmac.new(key, body.encode(), hashlib.sha256).hexdigest()
    part = folder / (MANIFEST + ".part")
    part.write_text(json.dumps({"body": body, "signature": signature}), encoding="utf-8")
    part.replace(folder / MANIFEST)


def trusted(folder: Path) -> dict[str, Any] | None:
    """The facts of the manifest where this account signed it and the files are as they were; else None."""
    key = _key(make=False)
    if key is None:
        return None
    try:
        outer = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        body, signature = outer["body"], outer["signature"]
        expected = hmac.new(key, body.encode(), hashlib.sha256).hexdigest()
        if not hmac.compare_digest(expected, signature):
            return None
        facts: dict[str, Any] = json.loads(body)
        return facts if facts.pop("files") == _files(folder) else None
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return None


def _files(folder: Path) -> list[list[Any]]:
    listed = []
    for file in sorted(folder.rglob("*")):
        if file.is_file() and file.name not in (MANIFEST, MANIFEST + ".part") and not file.name.endswith("WRITELOCK"):
            status = file.stat()
            listed.append([str(file.relative_to(folder)), status.st_size, status.st_mtime_ns])
    return listed
