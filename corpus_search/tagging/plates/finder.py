"""The plates of one passage: candidates weighed, lists followed, what is spelt out, in part or blacked out added."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import resources
from pathlib import Path

import yaml

from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.plates.candidates import candidates
from corpus_search.tagging.plates.partial import partials
from corpus_search.tagging.plates.rules import PlateRules, rules_from
from corpus_search.tagging.plates.spelt import spelt
from corpus_search.tagging.plates.surroundings import Surroundings
from corpus_search.tagging.plates.weigh import Weighed, weigh

# Between items of one list of plates: marks, line ends, short words.
_LIST_GAP = re.compile(
    r"(?:[\s,;/&•*#:.()-]|\d{1,2}[.)](?=\s)|\b(?:and|or|then|also|plus|CA|AZ|NV|TX|NM|WA|OR|UT|CO|IL|NY|NJ|PA|MX|from|all|plates?|lic|"
    r"(?:blk|wht|silv?|gry|red|blu|grn|tan|white|black|silver|gray|grey|blue|green|gold|maroon)|"
    r"\w{3,10}(?=\s*[-–:]\s))\b){1,12}"
)
_MAY = re.compile(r"[0-9]|█|■|(?i:redacted)|\(b\)|(?i:\bpartial\b)|[?*]{1,2}")
_LONGEST_GAP = 60
_CODES = re.compile(r"(?i)\b(?:adam|boy|charles|david|edward|frank|george|henry|ida|john|king|lincoln|mary|nora|ocean|paul|"
                    r"queen|robert|sam|tom|union|victor|william|x-?ray|young|zebra|alpha|alfa|bravo|charlie|delta|echo|"
                    r"foxtrot|golf|hotel|india|juliett?|kilo|lima|mike|november|oscar|papa|quebec|romeo|sierra|tango|"
                    r"uniform|whiskey|yankee|zulu)\b")  # fmt: skip


class PlateFinder:
    """Finds plates in passages by the rules of the packs."""

    def __init__(self, rules: PlateRules) -> None:
        self._rules = rules

    def may_hold(self, passage: str) -> bool:
        """False only where no plate can stand: no digit, mark of redaction, or sign of an unknown character."""
        return _MAY.search(passage) is not None or _CODES.search(passage) is not None

    def find(self, passage: str, before: str = "") -> Findings:
        """The plates of a passage; `before` is the text of the same message that goes before it."""
        text = f"{before}\n{passage}" if before else passage
        shift = len(text) - len(passage)
        around = Surroundings(self._rules, text)
        findings = Findings()
        taken: list[tuple[int, int]] = []
        for spelling in spelt(around, self._rules):
            if spelling.why is not None:
                self._take(findings, taken, spelling.start, spelling.end, spelling.value, ("phonetic",), spelling.why)
        for part in partials(text):
            groups = ("redacted",) if part.value is None else ("partial",)
            self._take(findings, taken, part.start, part.end, part.value, groups, part.why)
        self._weighed(text, around, findings, taken)
        return _cut(findings, shift)

    def _weighed(self, text: str, around: Surroundings, findings: Findings, taken: list[tuple[int, int]]) -> None:
        weights = self._rules.weights
        last: tuple[int, bool] = (-1000, False)  # where the plate before ends, and whether it stood in a list
        for group in _groups(text, self._rules, taken):
            best = max((weigh(candidate, around, self._rules) for candidate in group), key=_rank)
            candidate = best.candidate
            if (
                last[0] <= candidate.start
                and _listed(text, last[0], candidate.start)
                and best.ruled_out
                in (
                    None,
                    "digits only: needs a plate word and a state",
                )
            ):
                best = best.with_list(weights["listed"])
            if best.ruled_out is None and best.score >= weights["tag_at"]:
                state = (best.state.jurisdiction.group,) if best.state is not None else ()
                self._take(
                    findings, taken, candidate.start, candidate.end, candidate.value, state, "; ".join(best.reasons)
                )
                last = (candidate.end, True)
            elif not candidate.value.isdigit() and (best.score >= weights["possible_at"] or best.ruled_out is not None):
                why = best.ruled_out or f"only possible ({best.score:.2f} of {weights['tag_at']}): no cue near enough"
                findings.missed.append(Missed("plate", candidate.start, candidate.end, why))

    def _take(
        self,
        findings: Findings,
        taken: list[tuple[int, int]],
        start: int,
        end: int,
        value: str | None,
        groups: tuple[str, ...],
        why: str,
    ) -> None:
        if all(end <= low or start >= high for low, high in taken):
            taken.append((start, end))
            findings.found.append(Found("plate", value, groups, start, end, "plate", why))


def _groups(text: str, rules: PlateRules, taken: Sequence[tuple[int, int]]) -> list[list]:  # type: ignore[type-arg]
    """Candidates by where they begin, those inside a longer good one or a stretch taken left out."""
    by_start: dict[int, list] = {}  # type: ignore[type-arg]
    for candidate in candidates(text, rules.forms, rules.words):
        if all(candidate.end <= low or candidate.start >= high for low, high in taken):
            by_start.setdefault(candidate.start, []).append(candidate)
    groups = []
    reached = 0
    for start in sorted(by_start):
        known = [c for c in by_start[start] if c.form in rules.forms]
        group = known or by_start[start]
        if start < reached:
            continue
        groups.append(group)
        if known:
            reached = max(c.end for c in known)
    return groups


def _rank(one: Weighed) -> tuple[bool, float, int]:
    return one.ruled_out is None, one.score, len(one.candidate.value)


def _listed(text: str, end: int, start: int) -> bool:
    return end >= 0 and start - end <= _LONGEST_GAP and _LIST_GAP.fullmatch(text, end, start) is not None


def _cut(findings: Findings, shift: int) -> Findings:
    """The findings that stand in the passage itself, offsets counted into it."""
    out = Findings()
    for one in sorted(findings.found, key=lambda found: found.start):
        if one.start >= shift:
            out.found.append(
                Found(one.kind, one.value, one.groups, one.start - shift, one.end - shift, one.by, one.why)
            )
    out.missed = [
        Missed(one.kind, one.start - shift, one.end - shift, one.reason)
        for one in findings.missed
        if one.start >= shift
    ]
    return out


@lru_cache(maxsize=1)
def load(own: Path | None = None) -> PlateFinder:
    """A finder by the built-in packs."""
    folder = resources.files("corpus_search.packs").joinpath("data")
    rules = yaml.load(folder.joinpath("plates.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    formats = yaml.load(folder.joinpath("plates_formats.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return PlateFinder(rules_from(rules, formats))
