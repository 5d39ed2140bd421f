"""Printing: data on stdout, talk on stderr; colour only on a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Iterable
from typing import Any

import typer

from corpus_search.errors import ExitCode
from corpus_search.model import Message, Party


def emit(shape: Any) -> None:
    """One object, as one line of JSON."""
    sys.stdout.write(json.dumps(shape, ensure_ascii=False) + "\n")


def say(text: str) -> None:
    """Talk, on stderr."""
    sys.stderr.write(text + "\n")


def nothing_found(*, quiet: bool) -> typer.Exit:
    """To be raised where there is nothing to show; said, unless a script reads."""
    if not quiet:
        say("nothing found")
    return typer.Exit(ExitCode.NOTHING_FOUND)


def on_terminal() -> bool:
    """Whether stdout is a terminal that may get colour."""
    return sys.stdout.isatty() and "NO_COLOR" not in os.environ


def paint(text: str, code: str) -> str:
    """The text in a colour (an ANSI code such as "1;33") on a terminal; as it is elsewhere."""
    return f"\x1b[{code}m{text}\x1b[0m" if on_terminal() else text


def plain(text: str) -> str:
    """Text of released mail made safe for a terminal: control characters (escape sequences) are shown, not obeyed."""
    if text.isprintable():
        return text
    return "".join(c if c.isprintable() or c in "\n\t" else "\N{REPLACEMENT CHARACTER}" for c in text)


def party_text(party: Party | None) -> str:
    """A sender or recipient in a few words."""
    if party is None:
        return "(no sender)"
    if party.redacted and not (party.name or party.address):
        return "[redacted]"
    name = party.name or party.address or "(no name)"
    return plain(f"{name} [{party.agency}]" if party.agency else name)


def parties_text(parties: Iterable[Party]) -> str:
    """Recipients in a few words."""
    named = [party_text(party) for party in parties]
    return "; ".join(named[:3]) + (f"; and {len(named) - 3} more" if len(named) > 3 else "")


def heading(message: Message) -> str:
    """A message in one line: date, sender → recipients, subject."""
    date = (message.date or "no date")[:16].replace("T", " ")
    to = parties_text(message.to)
    arrow = f" → {to}" if to else ""
    if message.kind == "document":
        return f"{date}  {plain(message.subject or '(untitled)')}"
    return f"{date}  {party_text(message.sender)}{arrow}  {plain(message.subject or '(no subject)')}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """Such as "1 message", "2,304 messages"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"
