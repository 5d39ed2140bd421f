"""A pattern tried on one of its own examples: a small conversation given by sides and texts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from corpus_search.model import Attachment, Message, Party, Record, Source, Zone
from corpus_search.packs.pattern_pack import Example, Pattern, PatternPack
from corpus_search.patterns.anchors import counting_against
from corpus_search.patterns.exchange import Exchange
from corpus_search.patterns.find import claim_of
from corpus_search.patterns.hearing import Hearing, worth
from corpus_search.patterns.sides import LOCAL_GROUPS, Turn, turns
from corpus_search.patterns.weighing import weigh

PEOPLE = {
    "immigration": Party(
        "Salas, M", "msalas@ice.dhs.gov", "Immigration and Customs Enforcement", ("immigration", "federal")
    ),
    "local": Party("Ruiz, D", "druiz@police.example", "Example Police Department", ("police",)),
    "federal": Party("Lee, K", "klee@dea.example", "Drug Enforcement Administration", ("federal",)),
    "other": Party("Sales, A", "sales@vendor.example", "A Vendor", ("vendor",)),
}


@dataclass(frozen=True, slots=True)
class Outcome:
    """The grade that an example reached (None: none), and which clauses of which messages held."""

    grade: str | None
    why: str


def outcome(pattern: Pattern, pack: PatternPack, example: Example, tag: Callable[[Message], Record]) -> Outcome:
    """Run the pattern over the example's conversation."""
    records = [record_of(number, message, tag) for number, message in enumerate(example.messages)]
    heard = turns(records)
    exchange = Exchange(heard, pack)
    claim = claim_of(pattern, exchange, pack)
    if claim is None:
        said = _say_cues(pattern, exchange) if pattern.cues else _say(pattern, Hearing(pattern, heard), heard)
        return Outcome(None, "; ".join(said) or "no clause holds of any message")
    graded = claim.graded
    names = ", ".join(f"{one.clause.name} of message {heard.index(one.turn) + 1}" for one in graded.heard)
    return Outcome(graded.grade, f"grade {graded.grade} by {names}")


def _say_cues(pattern: Pattern, exchange: Exchange) -> list[str]:
    """Which cues are met and what speaks against, for a person who wants to know why it is not enough."""
    weighed = weigh(Hearing(pattern, exchange.turns), exchange)
    met = [f"{name} ({heard[0].clause.points:+g})" for name, heard in weighed.cues.items()]
    fails = [f"{name} (line {cue.line.line})" for name, cue in pattern.cues.items() if name not in weighed.cues]
    against = [f"{name} ({worth(heard):+g})" for name, heard in counting_against(pattern, exchange).items()]
    read = exchange.wording.get(pattern.name)
    return [
        f"needs {pattern.needs:g} points; says {', '.join(met) or 'nothing'}; fails {', '.join(fails) or 'nothing'}",
        f"against it: {', '.join(against) or 'nothing'}",
        *([f"reads like it {read:+g}"] if read is not None else []),
    ]


def _say(pattern: Pattern, hearing: Hearing, heard: list[Turn]) -> list[str]:
    """Which clauses hold, for a person who wants to know which one failed."""
    said = []
    for position in range(len(heard)):
        holds = [name for name in pattern.clauses if hearing.ask(name, position) is not None]
        fails = [f"{name} (line {pattern.clauses[name].line.line})" for name in pattern.clauses if name not in holds]
        said.append(
            f"message {position + 1}: holds {', '.join(holds) or 'nothing'}; fails {', '.join(fails) or 'nothing'}"
        )
    return said


def record_of(number: int, message: dict[str, object], tag: Callable[[Message], Record]) -> Record:
    """One message of an example: who writes to whom by side, its text, subject and attachments."""
    sender = str(message.get("from") or "local")
    reader = str(message.get("to") or ("local" if sender == "immigration" else "immigration"))
    text = str(message["text"])
    names = message.get("attachments") or ()
    raw = Message(
        id=f"example-{number}",
        kind="message",
        release="examples",
        source=Source("example", None, "", "example"),
        places=(),
        text=text,
        zones=(Zone("own", 0, len(text)),),
        date=f"2018-03-06T08:{number:02}:00",
        sender=_party(sender),
        to=(_party(reader),),
        subject=str(message.get("subject") or "") or None,
        attachments=tuple(Attachment(str(name), "application/octet-stream", 1, "") for name in names),  # type: ignore[attr-defined]
    )
    return Record(raw, tag(raw).tags)


def _party(side: str) -> Party:
    if side in PEOPLE:
        return PEOPLE[side]
    groups = (side,) if side in LOCAL_GROUPS else ()
    return Party(f"Staff of {side}", f"staff@{side}.example", f"Example {side}", groups)
