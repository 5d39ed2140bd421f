"""The block that signs without a number or an address: a name over titles, units and agencies, at the end."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from corpus_search.model import ZoneKind
from corpus_search.sources.printed.contacts import is_farewell, weight_of
from corpus_search.sources.printed.signers import (
    Signer,
    behind_name,
    is_person,
    is_told,
    name_of,
    says_post,
    says_title,
    signs_as,
)

_MOST: Final = 6  # lines under the name
_WIDE: Final = 80  # characters of one
_SHORT: Final = 8  # words of a motto


def unreached_from(lines: Sequence[str], kinds: Sequence[ZoneKind], end: int, signer: Signer) -> int | None:
    """The line of the name that heads the block which ends at a line; None where none does.

    A name is that of the signer. Where nobody knows who signs, or it is another's under a farewell, it is a person's
    with a title under it. What could be words of a message is none: a line that tells something, and a name that
    what stands above announces.
    """
    under: list[str] = []
    for at in range(end - 1, -1, -1):
        text = lines[at].strip(" \t*_|>")
        if kinds[at] != "own" or is_farewell(text):
            return None
        if not text:
            if at + 1 < len(lines) and not lines[at + 1].strip():
                return None
            continue
        if _heads(lines, at, under, signer):
            return at
        if len(under) == _MOST or not (_describes(text) or (not under and _is_motto(text))):
            return None
        under.append(text)
    return None


def _heads(lines: Sequence[str], at: int, under: Sequence[str], signer: Signer) -> bool:
    """Whether a line is a name over what the person is, and stands where a signature begins."""
    text = lines[at].strip(" \t*_|>")
    if not name_of(text) or is_told(text):
        return False
    above = at - 1
    while above >= 0 and not lines[above].strip():
        above -= 1
    said = lines[above].strip() if above >= 0 else ""
    parted, farewell = above < at - 1, is_farewell(said.strip(" \t*_|>"))
    if signs_as(text, signer):
        post = any(says_post(one) for one in under) or says_post(behind_name(text))
        return post and (parted or farewell or above < 0 or said.endswith((".", "!", "?")))
    if not under or not any(says_post(one) for one in under) or above < 0:
        return False
    if farewell:
        return True
    return not signer and parted and is_person(text) and says_title(" ".join(under)) and not said.endswith((":", ","))


def _describes(text: str) -> bool:
    """Whether a line can say what somebody is, where they work, or how to reach them."""
    if len(text) > _WIDE or is_told(text) or text[-1] in "?!:;":
        return False
    return weight_of(text.rstrip(".")) > 0 or (" " not in text and says_post(text))


def _is_motto(text: str) -> bool:
    """Whether a line may be a motto under a signature: short, and nothing told."""
    words = text.split()
    quoted = text[0] in "\"“'‘«" and text[-1] in "\"”'’»"
    return quoted or (1 < len(words) <= _SHORT and not is_told(text) and not any(char.isdigit() for char in text))
