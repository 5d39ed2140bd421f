"""Facts of a message: short texts, parties, fields, days, numbers; and the quick look before them."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus_search.model import Attachment, Message, Party, Place, Record, Source, Tag, Zone
from corpus_search.query import Expr, match, parse
from corpus_search.query.expr import And, Field, Not, Or, Phrase, Word
from corpus_search.query.facts import may_meet, ready, ready_meets, text_meets
from corpus_search.query.words import parts


@pytest.mark.parametrize(
    ("query", "text", "met"),
    [
        ("plate", "RE: Plate check", True),
        ("plate", "RE: plates", False),
        ("7abc-123", "7ABC123", True),
        ("7abc123", "plate 7ABC-123", True),
        ('"plate check"', "re: PLATE  check.", True),
        ('"check plate"', "plate check", False),
        ("plat*", "re: plates", True),
        ("*.pdf", "Booking Sheet.PDF", True),
        ("*.pdf", "booking.docx", False),
        ("7abc-1*", "plate 7ABC-123", True),
        ("tacmoa~", "Tacoma", True),
        ("/7[A-Z]{3}/", "plate 7ABC123", True),
        ("/7[a-z]{3}/", "plate 7ABC123", False),
        ("(plate OR jail)", "jail roster", True),
        ("(plate -check)", "plate check", False),
        ("(plate jail)", "plate", False),
        ("josé", "Jose", True),
        ("jose", "JOSÉ", True),
        ("own:plate", "plate", False),
    ],
)
def test_short_texts(query: str, text: str, met: bool) -> None:
    asked = parse(f"subject:{query}") if not query.startswith("own:") else Field("subject", parse(query))
    assert isinstance(asked, Field)
    assert text_meets(asked.value, text) is met
    assert may_meet(asked.value, ready(text)) or not met
    assert ready_meets(asked.value, ready(text)) is met


PIECES = st.sampled_from(["plate", "7ABC-123", "7abc", "123", "o'neil", "José", "jose", "re:", "½", "K", "a.b", "É"])
WORDS = PIECES.filter(lambda one: bool(parts(one))).map(lambda one: Word(one, parts(one)))
PHRASES = st.lists(PIECES, min_size=1, max_size=3).map(" ".join).map(lambda text: Phrase(text, parts(text)))
ASKED = st.recursive(
    st.one_of(WORDS, PHRASES, st.sampled_from([parse("pla*"), parse("7abc~"), parse("/7A/")])),
    lambda inner: st.one_of(
        st.lists(inner, min_size=2, max_size=3).map(lambda items: And(tuple(items))),
        st.lists(inner, min_size=2, max_size=3).map(lambda items: Or(tuple(items))),
        inner.map(Not),
    ),
    max_leaves=4,
)
TEXTS = st.one_of(
    st.lists(st.one_of(PIECES, st.sampled_from([" ", "-", "(", "Re: "])), max_size=5).map("".join),
    st.lists(PIECES, max_size=4).map(" ".join),
    st.text(max_size=12),
)


def test_a_quick_look_never_misses() -> None:
    looks: list[tuple[bool, bool]] = []

    @settings(max_examples=300, deadline=None, derandomize=True)
    @given(ASKED, TEXTS)
    def check(asked: Expr, text: str) -> None:
        looks.append((may_meet(asked, ready(text)), text_meets(asked, text)))
        assert ready_meets(asked, ready(text)) is looks[-1][1]
        assert looks[-1] != (False, True)

    check()
    assert looks.count((True, True)) > 30
    assert looks.count((False, False)) > 30, "some were spared"


def plain(
    name: str | None, address: str | None, agency: str | None = None, *groups: str, redacted: bool = False
) -> Party:
    return Party(name, address, agency, groups, redacted)


RECORD = Record(
    Message(
        id="4b2f9c01d2a39b7e5566",
        kind="message",
        release="OCSD 2019-02",
        source=Source("mail/Lopez mailbox.mbox", "in/box.zip", "0" * 64, "mbox"),
        places=(Place("page", 13, "OCSD-000123"), Place("page", 14, None, "ocr", 0.9)),
        text="Subject: plates\n\ncan you run 7ABC123",
        zones=(Zone("header", 0, 17), Zone("own", 17, 36), Zone("signature", 36, 36)),
        within="ffff9c01d2a39b7e5566",
        date="2018-03-06T08:12:00-08:00",
        sender=plain("Ruiz, Dan", "druiz@ice.dhs.gov", "ICE", "immigration", "federal"),
        to=(plain(None, None, redacted=True), plain("José Salas", "jsalas@vistamar.gov", "Vista Mar PD", "police")),
        cc=(plain("Kay", None),),
        subject="RE: plate 7ABC-123",
        attachments=(Attachment("Booking.pdf", "application/pdf", 3, "0"), Attachment(None, "image/png", 3, "0")),
        bulk=True,
        confidence=0.7,
        thread="t1",
        copies=("aaaa",),
    ),
    (Tag("plate", "7ABC123", (), "7ABC123", 29, 36, "own", "plate", "cue"),),
)
BARE = Record(Message("b", "document", "R", Source("a.txt", None, "", "text"), (Place("page", 1),), "x", ()))


@pytest.mark.parametrize(
    ("query", "met"),
    [
        ("from:ruiz", True),
        ("from:druiz@ice.dhs.gov", True),
        ("from:*@ice.dhs.gov", True),
        ("from:ice.dhs.gov", True),
        ("from:DRUIZICEDHSGOV", True),
        ("from:agency:ICE", True),
        ("from:(agency:immigration ruiz)", True),
        ("from:(agency:police)", False),
        ("from:(NOT agency:police)", True),
        ("from:(ruiz OR lopez)", True),
        ("from:(ruiz lopez)", False),
        ("from:agency:*", True),
        ("from:(plate:7ABC123)", False),
        ("from:(own:ruiz)", False),
        ("from:(date:2018)", False),
        ("from:salas", False),
        ("to:jose", True),
        ("to:has:redacted", True),
        ("to:has:redaction", True),
        ("from:has:redacted", False),
        ("cc:kay", True),
        ("cc:agency:*", False),
        ("bcc:kay", False),
        ("party:kay", True),
        ("party:(agency:police)", True),
        ("subject:plate", True),
        ("subject:7abc123", True),
        ("release:OCSD", True),
        ('release:"2019-02"', True),
        ("source:lopez", True),
        ("source:box.zip", True),
        ("source:*.mbox", True),
        ("format:mbox", True),
        ("bates:OCSD-000123", True),
        ("bates:ocsd000123", True),
        ("bates:*", True),
        ("bates:OCSD-000124", False),
        ("attachment:*.pdf", True),
        ("attachment:png", True),
        ("attachment:run", True),  # came attached: its text is asked too
        ("attachment:(from:ruiz plate:7ABC123)", True),
        ("attachment:xlsx", False),
        ("id:4B2F9C01D2A39B7E5566", True),
        ("id:4b2f", False),
        ("id:/4b2f/", False),
        ("thread:t1", True),
        ("thread:*", True),
        ("within:yes", True),
        ("within:YES", True),
        ("within:no", False),
        ("within:ffff9c01d2a39b7e5566", True),
        ("has:plate", True),
        ("has:agency", False),
        ("has:attachment", True),
        ("has:attachments", True),
        ("has:copies", True),
        ("has:date", True),
        ("has:bates", True),
        ("has:ocr", True),
        ("has:bulk", True),
        ("has:own", True),
        ("has:signature", False),
        ("date:2018-03", True),
        ("date:2018-03-06", True),
        ("date:<2018-03-06", False),
        ("date:<=2018-03-06", True),
        ("date:>=2018-03-07", False),
        ("date:>2018-03-05", True),
        ("date:..2017", False),
        ("page:14", True),
        ("page:>14", False),
        ("page:>=14", True),
        ("page:<14", True),
        ("confidence:>0.7", False),
        ("confidence:<=0.7", True),
    ],
)
def test_what_a_message_is_asked(query: str, met: bool) -> None:
    assert (match(parse(query), RECORD) is not None) is met


@pytest.mark.parametrize(
    ("query", "met"),
    [
        ("from:*", False),
        ("subject:*", True),
        ("within:no", True),
        ("within:*", False),
        ("thread:*", False),
        ("has:date", False),
        ("date:>=0001", False),
        ("attachment:*", False),
        ("attachment:x", False),
        ("confidence:1", True),
        ("confidence:<1", False),
        ("bates:*", False),
        ("has:*", False),
    ],
)
def test_what_a_bare_document_is_asked(query: str, met: bool) -> None:
    assert (match(parse(query), BARE) is not None) is met
