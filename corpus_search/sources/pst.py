"""Outlook's mailboxes (.pst, .ost), cut by items in the order of the file. Needs the extra `pst` (libpff).

Items are found by the tree of what the file holds, not by the lists of its folders: so what no folder lists any longer
is read too, and named so. Settings that Outlook keeps beside the items of a folder
(views, rules) are no items.
"""

from __future__ import annotations

from collections.abc import Callable, Set
from dataclasses import dataclass, field, replace
from functools import lru_cache, partial
from pathlib import Path
from typing import Final, NamedTuple

from corpus_search.model import Place, Problem, Reading
from corpus_search.sources.guard import guarded
from corpus_search.sources.pff import PffError, PffFile, PffItem
from corpus_search.sources.pst_checks import find_damage
from corpus_search.sources.pst_item import name_of, read_pst_item
from corpus_search.sources.reading import Origin, Reader, Unit, together

MAGIC: Final = b"!BDN"
UNIT_ITEMS: Final = 500
MAX_DEPTH: Final = 50  # folders within folders
MOST: Final = 200  # damaged items that have a problem line of their own
_HURT: Final = "bytes are damaged or missing (by the file's own checksums; ask for the file again)"
UNLISTED, ORPHANED = "(not listed)", "(items of no folder)"
_KIND, _FOLDER, _ITEM = 0x1F, 2, 4  # the bits of a number that say what it is of


def recognise(head: bytes, path: Path) -> bool:
    """The mark that Outlook's mailboxes begin with."""
    del path
    return head.startswith(MAGIC)


class _Found(NamedTuple):
    """An item: the path of its folder, the number of its node (None: not known), how to get it."""

    folder: str
    number: int | None
    get: Callable[[], PffItem]


@dataclass(slots=True)
class _Mailbox:
    """The items of a file; what is wrong with its folders."""

    items: list[_Found] = field(default_factory=list)
    troubles: list[tuple[str, str]] = field(default_factory=list)  # folder's path, reason

    def tell(self, path: str, what: str, error: Exception) -> None:
        """Something of a folder can't be read."""
        self.troubles.append((path, f"{what} ({' '.join(str(error).split())[:200]}); open it in Outlook"))


@lru_cache(maxsize=1)
def _opened(path: str, *state: int) -> _Mailbox:
    """The items of a file in a certain state, kept until the last is read: a large file takes long to open."""
    del state
    file = PffFile(path)
    box = _Mailbox()
    _walk(box, file.root())
    for index in range(file.orphan_count()):  # all that is in a folder whose own folder is gone are orphans too
        _enter(box, ORPHANED, partial(file.orphan, index))
    return box


def _open(path: str) -> _Mailbox:
    told = Path(path).stat()
    return _opened(path, told.st_ino, told.st_size, told.st_mtime_ns)


def _walk(box: _Mailbox, folder: PffItem, path: str = "") -> None:
    """Every item under a folder, without recursion."""
    stack = [(path, folder, 0)]
    while stack:
        path, folder, depth = stack.pop()
        listed = _listed(box, path, folder) if depth else None
        below = [
            (f"{path}/{_name(child, depth)}".strip("/"), child, depth + 1)
            for index in range(_child_count(box, path, folder))
            if (child := _enter(box, path, partial(folder.child, index), listed)) is not None
        ]
        if depth < MAX_DEPTH:
            stack += reversed(below)
        elif below:
            box.troubles.append((path, f"folders more than {MAX_DEPTH} deep were not opened; open it in Outlook"))


def _enter(box: _Mailbox, path: str, get: Callable[[], PffItem], listed: Set[int] | None = None) -> PffItem | None:
    """Note what is an item, or can't be told; give what is a folder."""
    try:
        child = get()
        number = child.number()
    except PffError:
        box.items.append(_Found(path, None, get))  # reading it says what is wrong
        return None
    if number & _KIND == _ITEM:
        unlisted = listed is not None and number not in listed
        box.items.append(_Found(f"{path}/{UNLISTED}".strip("/") if unlisted else path, number, get))
    return child if number & _KIND == _FOLDER else None


def _child_count(box: _Mailbox, path: str, folder: PffItem) -> int:
    try:
        return folder.child_count()
    except PffError as error:
        box.tell(path, "what is in this folder can't be told", error)
        return 0


def _listed(box: _Mailbox, path: str, folder: PffItem) -> Set[int] | None:
    """The numbers of the items that a folder lists; None where its list can't be read."""
    numbers: set[int] = set()
    missing = 0
    try:
        for index in range(folder.listed_count()):
            try:
                numbers.add(folder.listed(index).number())
            except PffError:
                missing += 1
    except PffError as error:
        box.tell(path, "the list of this folder can't be read; its items were found without it", error)
        return None
    if missing:
        reason = (
            f"{missing:,} of the items that this folder lists are not in it; open it in Outlook, or ask for it again"
        )
        box.troubles.append((path, reason))
    return numbers


def _name(folder: PffItem, depth: int) -> str:
    """The name of a folder; that over all others has none."""
    nameless = "?" if depth else ""
    try:
        return name_of(folder) or nameless
    except PffError:
        return nameless


def cut(unit: Unit) -> tuple[Unit, ...]:
    """Units of some hundred items."""
    count = len(_open(unit.file).items)
    return tuple(
        replace(unit, start=at, stop=min(at + UNIT_ITEMS, count), first_number=at + 1)
        for at in range(0, max(count, 1), UNIT_ITEMS)
    )


def read(unit: Unit, origin: Origin) -> Reading:
    """The messages of a run of items; with the first of them, what is wrong with the folders."""
    box = _open(unit.file)
    stop = len(box.items) if unit.stop < 0 else unit.stop
    readings = []
    if unit.start == 0:
        readings.append(guarded(partial(_troubles, box, unit.file, origin), origin.problem, _as_reading))
    for index in range(unit.start, stop):
        here = _at(box, index, origin)
        readings.append(guarded(partial(_read, box.items[index].get, here), here.problem, _as_reading))
    if stop >= len(box.items):
        _opened.cache_clear()
    return together(readings)


def _troubles(box: _Mailbox, path: str, origin: Origin) -> Reading:
    """What is wrong with the folders, and which items have bytes that are not those that were written."""
    found = [_within(origin, folder).problem("damaged", reason) for folder, reason in box.troubles]
    with Path(path).open("rb") as file:
        damage = find_damage(file)
    indexes = {one.number: index for index, one in enumerate(box.items)}
    hurt = sorted(indexes[number] for number in damage.hurt if number in indexes)
    found += [
        _at(box, index, origin).problem("damaged", f"{_HURT}: what is shown may be wrong") for index in hurt[:MOST]
    ]
    unseen = sum(number & _KIND == _ITEM and number not in indexes for number in damage.nodes)
    for count, what in (
        (len(hurt) - MOST, f"{_HURT}, in further items"),
        (len(damage.hurt) - len(hurt), f"{_HURT}, in lists and folders: items may be missing"),
        (damage.pages, f"{_HURT}, in pages of the index of all items: items may be missing"),
        (unseen, "items of the file were not found through its folders; open it in Outlook"),
    ):
        if count > 0:
            found.append(origin.problem("damaged", f"{what} ({count:,})"))
    return Reading(problems=tuple(found))


def _at(box: _Mailbox, index: int, origin: Origin) -> Origin:
    here = _within(origin, box.items[index].folder)
    return here.at(Place("message", index + 1), spot=f"{origin.spot}/{index}")


def _within(origin: Origin, folder: str) -> Origin:
    """A folder is named as a member is, and adds no depth."""
    here = origin.inner(folder, 0) if folder else origin
    return replace(here, source=replace(here.source, format="pst"), depth=origin.depth)


def _read(get: Callable[[], PffItem], origin: Origin) -> Reading:
    return read_pst_item(get(), origin)


def _as_reading(problem: Problem) -> Reading:
    return Reading(problems=(problem,))


READER = Reader("pst", recognise, cut, read_within=read)
