"""The plates of one passage: candidates weighed, lists followed, what is spelt out, in part or blacked out added."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from typing import Final

import yaml

from corpus_search.tagging.found import Findings, Found, Missed
from corpus_search.tagging.plates.candidates import Candidate, candidates
from corpus_search.tagging.plates.lists import follow_lists, share_state
from corpus_search.tagging.plates.look import Look
from corpus_search.tagging.plates.reach import Reach
from corpus_search.tagging.plates.rules import PlateRules, rules_from
from corpus_search.tagging.plates.spelt import Spelt, spelt
from corpus_search.tagging.plates.stated import Stated, stated
from corpus_search.tagging.plates.surroundings import FAR, Surroundings
from corpus_search.tagging.plates.weigh import Weighed, is_hopeless, weigh

_MOST_MISSES: Final = 200  # of one passage: a dump of numbers needs no reason for each


class PlateFinder:
    """Finds plates in passages by the rules of the packs."""

    def __init__(self, rules: PlateRules) -> None:
        self._rules = rules
        self._look = Look(rules)
        self._reach = Reach(rules)

    def may_hold(self, passage: str, before: str = "") -> bool:
        """False only where no plate can be found: a look that takes one pass over the words."""
        return self._look.may_hold(passage, before)

    def find(self, passage: str, before: str = "", *, misses: bool = True) -> Findings:
        """The plates of a passage; `before` is the text of the same message that goes before it.

        Without `misses`, strings that can't reach a plate's score here are not weighed: the same plates, no reasons.
        """
        shift = len(before)
        around = Surroundings(self._rules, before + passage)
        findings = Findings()
        taken = bytearray(shift + len(passage))
        taken[:shift] = b"\1" * shift
        self._add_stated(findings, taken, around, shift)
        self._add_weighed(findings, taken, around, shift, misses)
        findings.found.sort(key=lambda found: (found.start, found.end))
        return findings

    def _add_stated(self, findings: Findings, taken: bytearray, around: Surroundings, shift: int) -> None:
        found: tuple[Spelt | Stated, ...] = (*spelt(around, self._rules, shift), *stated(around, self._rules, shift))
        for one in found:
            if one.why is None or one.start < shift or any(taken[one.start : one.end]):
                continue
            groups = (*self._state_of(around, one.start, one.end), *one.groups)
            _take(findings, taken, shift, Found("plate", one.value, groups, one.start, one.end, "plate", one.why))

    def _state_of(self, around: Surroundings, start: int, end: int) -> tuple[str, ...]:
        for state in (around.state_before(start), self._rules.states.after(around.text, end)):
            if state is not None and (state.sure or around.direct_before("plate", start) is not None):
                return (state.jurisdiction.group,)
        return ()

    def _add_weighed(
        self, findings: Findings, taken: bytearray, around: Surroundings, shift: int, misses: bool
    ) -> None:
        rules = self._rules
        tag_at = rules.weights["tag_at"]
        weighed = self._weighed(around, shift) if misses else self._hopeful(around, shift)
        if not misses and any(one.ruled_out is None and one.score >= tag_at for one in weighed):
            weighed = self._weighed(around, shift)  # one that is sure may vouch for a list
        accepted: list[Weighed] = []
        for one in sorted(weighed, key=_rank):
            if (
                one.ruled_out is None
                and one.score >= tag_at
                and not any(taken[one.candidate.start : one.candidate.end])
            ):
                _cover(taken, one.candidate)
                accepted.append(one)
        for one in follow_lists(accepted, weighed, around, rules, taken):
            _cover(taken, one.candidate)
            accepted.append(one)
        accepted.sort(key=lambda one: one.candidate.start)
        for one, group in zip(accepted, share_state(accepted, around.text), strict=True):
            start, end = one.candidate.start - shift, one.candidate.end - shift
            groups = (group,) if group else ()
            findings.found.append(Found("plate", one.value, groups, start, end, "plate", "; ".join(one.reasons)))
        if misses:
            findings.missed += _misses(weighed, taken, shift, rules)

    def _weighed(self, around: Surroundings, shift: int) -> list[Weighed]:
        """The strings that can be a plate or a near miss, weighed: of forms issued; of any beside a plate word."""
        rules = self._rules
        forms = None if around.any("plate") else rules.forms
        return [weigh(one, around, rules) for one in candidates(around.text, shift, rules.forms, rules.words, forms)]

    def _hopeful(self, around: Surroundings, shift: int) -> list[Weighed]:
        """Of the same strings those that may reach the score of a plate by themselves."""
        rules = self._rules
        places = self._reach.places(around, shift)
        if places is not None and not places:
            return []
        strings = candidates(around.text, shift, rules.forms, rules.words, at=places)
        return [weigh(one, around, rules) for one in strings if not is_hopeless(one, around)]


def _rank(one: Weighed) -> tuple[float, int, int]:
    return -one.score, -len(one.value), one.candidate.start


def _take(findings: Findings, taken: bytearray, shift: int, found: Found) -> None:
    taken[found.start : found.end] = b"\1" * (found.end - found.start)
    findings.found.append(
        Found(found.kind, found.value, found.groups, found.start - shift, found.end - shift, found.by, found.why)
    )


def _cover(taken: bytearray, candidate: Candidate) -> None:
    taken[candidate.start : candidate.end] = b"\1" * (candidate.end - candidate.start)


def _misses(weighed: Sequence[Weighed], taken: bytearray, shift: int, rules: PlateRules) -> list[Missed]:
    """Candidates that are none, each stretch once, with the reason."""
    misses: list[Missed] = []
    possible = rules.weights["possible_at"]
    likely = sorted(weighed, key=lambda one: (one.ruled_out is not None and one.candidate.glued, _rank(one)))
    for one in likely:
        candidate = one.candidate
        if len(misses) >= _MOST_MISSES:
            break
        if (
            any(taken[candidate.start : candidate.end])
            or candidate.value.isdigit()
            or candidate.form not in rules.forms
        ):
            continue
        if candidate.worded or candidate.named or candidate.odd:
            continue
        if one.ruled_out is None and one.score < possible and len(one.reasons) > 1:
            continue
        _cover(taken, candidate)
        reason = one.ruled_out or _too_little(one, rules)
        misses.append(Missed("plate", candidate.start - shift, candidate.end - shift, reason))
    return misses


def _too_little(one: Weighed, rules: PlateRules) -> str:
    if len(one.reasons) == 1:
        return f"no cue within {FAR} words"
    return f"{', '.join(one.reasons)}: {one.score:.2f}, and {rules.weights['tag_at']:.2f} makes a plate"


def load(own: Path | None = None) -> PlateFinder:
    """A finder by the built-in packs.

    Raises:
        PackError: a pack can't be used.
    """
    folder = resources.files("corpus_search.packs").joinpath("data")
    rules = yaml.load(folder.joinpath("plates.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    formats = yaml.load(folder.joinpath("plates_formats.yaml").read_text(encoding="utf-8"), yaml.CSafeLoader)
    return PlateFinder(rules_from(rules, formats))
