"""Small conversations told in code: who writes to whom, and what."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from corpus_search.model import Attachment, Conversation, Finding, Message, Party, Record, Source, Zone
from corpus_search.packs.pattern_loading import load_patterns
from corpus_search.packs.pattern_pack import PatternPack
from corpus_search.packs.policy_pack import PolicyRow
from corpus_search.patterns.find import find
from corpus_search.workflows.work import tagger_for

PEOPLE = {
    "ice": Party("Salas, Mario", "Mario.Salas@ice.dhs.gov", "Immigration and Customs Enforcement", ("immigration",)),
    "police": Party("Ruiz, Dana", "druiz@vistamarpd.example", "Vista Mar Police", ("police", "us-ca")),
    "clerk": Party("Ott, Fay", "fott@vistamarpd.example", "Vista Mar Police", ("police", "us-ca")),
    "jail": Party("Kish, Lana", "lkish@vistajail.example", "Vista County Jail", ("jail", "us-ca")),
    "dea": Party("Lee, Kim", "klee@dea.example", "Drug Enforcement Administration", ("federal",)),
    "flock": Party("Flock Support", "support@flocksafety.com", "Flock Safety", ("vendor",)),
    "nobody": Party("X", None, None, ()),
    "other": Party("Y", None, None, ()),
    "citizen": Party("Tibbs, Marge", "marge@mail.example", None, ("personal",)),
}


@dataclass(frozen=True)
class Mail:
    """One message of a story. `quoted`: words that it quotes of nobody named; `within`: place of its host."""

    sender: str
    reader: str
    text: str
    subject: str = ""
    attachments: tuple[str, ...] = ()
    quoted: str = ""
    day: str | None = None
    within: int | None = None
    quotes: int | None = None


@dataclass
class Teller:
    """Tells conversations and what is found in them."""

    pack: PatternPack
    tag: Callable[[Message], Record]
    policies: list[PolicyRow] = field(default_factory=list)

    def conversation(self, *mails: Mail) -> Conversation:
        """The conversation, its messages in the order given."""
        return Conversation("story", tuple(self._record(number, mail) for number, mail in enumerate(mails)))

    def found(self, *mails: Mail) -> list[Finding]:
        """The findings in the conversation."""
        return find(self.conversation(*mails), self.pack, self.policies)

    def names(self, *mails: Mail) -> list[str]:
        """Pattern and grade of each finding, the strongest first."""
        return [f"{finding.pattern} {finding.grade}" for finding in self.found(*mails)]

    def _record(self, number: int, mail: Mail) -> Record:
        header = f"Subject: {mail.subject}\n\n"
        text = header + mail.text + ("\n\n" + mail.quoted if mail.quoted else "")
        end = len(header) + len(mail.text)
        zones = [Zone("header", 0, len(header)), Zone("own", len(header), end)]
        if mail.quoted:
            of = None if mail.quotes is None else f"m{mail.quotes}"
            zones.append(Zone("quoted", end, len(text), of))
        raw = Message(
            id=f"m{number}",
            kind="message",
            release="stories",
            source=Source("story.mbox", None, "", "mbox"),
            places=(),
            text=text,
            zones=tuple(zones),
            within=None if mail.within is None else f"m{mail.within}",
            quoted=mail.within is not None,
            date=mail.day or f"2018-03-06T08:{number:02}:00",
            sender=PEOPLE[mail.sender],
            to=(PEOPLE[mail.reader],),
            subject=mail.subject or None,
            attachments=tuple(Attachment(name, "application/octet-stream", 1, "") for name in mail.attachments),
        )
        return Record(raw, self.tag(raw).tags)


@pytest.fixture(scope="session")
def teller() -> Teller:
    """A teller with the built-in packs."""
    return Teller(load_patterns(), tagger_for(None).record)


@pytest.fixture(scope="session")
def built_in() -> Path:
    """The folder of the built-in patterns."""
    from importlib import resources

    return Path(str(resources.files("corpus_search.packs").joinpath("data", "patterns")))
