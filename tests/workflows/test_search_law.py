"""The law: a search with the index and one without it give the same hits, in the same order, with the same scores.

Queries are drawn from the records themselves, so that most are real hits; each test shows that they were.
"""

from __future__ import annotations

import re
from email.message import EmailMessage
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus_search.errors import QueryError
from corpus_search.model import Conversation, Record
from corpus_search.query import match_conversation, parse
from corpus_search.query.words import tokens
from corpus_search.workflows.ingest import Request, ingest
from corpus_search.workflows.reporting import conversation, records, status
from corpus_search.workflows.searching import search


@pytest.fixture(scope="module")
def held(corpus: Path) -> list[Record]:
    return list(records(corpus))


def both(corpus: Path, query: str, *, by_date: bool = False) -> int:
    """Search both ways, compare, and return how many hits there are."""
    with_index = search(corpus, query, limit=0, by_date=by_date)
    without = search(corpus, query, limit=0, by_date=by_date, use_index=False)
    shown = [(hit.record.message.id, hit.score, hit.reasons) for hit in with_index.hits]
    assert shown == [(hit.record.message.id, hit.score, hit.reasons) for hit in without.hits], query
    assert with_index.total == without.total
    return with_index.total


def test_the_corpus_has_an_index(corpus: Path) -> None:
    assert status(corpus)["index"] == "fresh"


FINDS_NOTHING = ("zzzz", "has:copies", "*@*", "plate NEAR/3 ran", "plate NEAR/8 plate:7XKD204")


@pytest.mark.parametrize(
    "query",
    [
        "plate",
        "7XKD204",
        "7xkd204 OR 6TPV871",
        '"one for you"',
        "plate NEAR/3 ran",
        "run BEFORE/4 RO",
        "*late*",
        "plat*",
        "Tacma~",
        r"/7XKD ?204/",
        r"/(?i:reg to|RO is)/",
        r"/\d{3} \w+/",
        "own:plate",
        "own:(plate -swap)",
        "header:salas",
        "from:salas",
        "from:(agency:immigration)",
        "to:(agency:police OR lopez)",
        "-from:salas",
        "NOT plate",
        "date:2018-03",
        "date:>2018-03 plate",
        "plate:7XKD204",
        "plate:7XK?204",
        "plate:7XKD2O4~",
        "plate:*",
        "agency:ICE",
        "agency:immigration own:plate",
        "lookup:request",
        "subject:plate",
        "subject:(plate OR jail)",
        "attachment:*.pdf",
        "attachment:dl",
        "has:attachment",
        "has:attachments plate",
        "has:plate",
        "has:date -has:lookup",
        "has:copies",
        "has:quoted",
        "has:bulk",
        "has:*",
        "source:lopez",
        "release:vista",
        "within:yes",
        "page:1",
        "confidence:>0.5",
        "plate NEAR/8 plate:7XKD204",
        "from:(agency:immigration) THEN own:lookup:result",
        "from:salas THEN/1d from:lopez THEN/1d from:salas",
        "own:plate:7XKD204",
        "own:plate:*",
        "from:agency:immigration own:lookup:*",
        "7xkd-2*",
        "*@*",
        "id:* Mark.R.Salas@ice.dhs.gov",
        'can (you OR "can you") own:can',
        "plate (run NEAR/9 (7XKD204 OR 7XKD-204))",
        "within:YES",
        "date:<=9999",
        "plate AND (run OR reg) AND NOT ralphs",
        "zzzz",
    ],
)
@pytest.mark.parametrize("by_date", [False, True])
def test_every_form_of_query(corpus: Path, query: str, by_date: bool) -> None:
    assert (both(corpus, query, by_date=by_date) > 0) is (query not in FINDS_NOTHING)


OPERATORS = ("AND", "OR", "NOT", "THEN", "NEAR", "BEFORE")


def quoted(text: str) -> str:
    """A text as a phrase."""
    return '"' + text.replace('"', " ") + '"'


def a_word(draw: st.DrawFn, record: Record) -> str:
    """A word as the text writes it, joined runs included."""
    found = [token for token in tokens(record.message.text) if len(token.term) > 1]
    token = draw(st.sampled_from(found))
    written = record.message.text[token.start : token.end]
    return written if re.fullmatch(r"[\w@.-]+", written) and written.upper() not in OPERATORS else quoted(written)


def a_fuzzy(draw: st.DrawFn, record: Record) -> str:
    """A word with slips in it."""
    terms = [token.term for token in tokens(record.message.text) if len(token.term) > 2]
    term = draw(st.sampled_from(terms))
    at = draw(st.integers(0, len(term) - 2))
    slipped = draw(
        st.sampled_from(
            [
                term,
                term[:at] + "x" + term[at + 1 :],
                term[:at] + term[at + 1 :],
                term[:at] + "xy" + term[at:],
                term[:at] + term[at + 1] + term[at] + term[at + 2 :],
                "y" + term + "x",
            ]
        )
    )
    return slipped + "~"


def a_wild(draw: st.DrawFn, record: Record) -> str:
    """A piece of a word with stars."""
    found = list(tokens(record.message.text))
    token = draw(st.sampled_from(found))
    written = re.sub(r"[\s()\"/:-]", "", record.message.text[token.start : token.end])
    at = draw(st.integers(0, len(written)))
    return draw(st.sampled_from([f"{written[: at + 1]}*", f"*{written[at - 1 :]}", f"*{written[1:-1] or written}*"]))


def a_regex(draw: st.DrawFn, record: Record) -> str:
    """A stretch of the text as a regular expression."""
    text = record.message.text
    at = draw(st.integers(0, max(0, len(text) - 8)))
    stretch = text[at : at + draw(st.integers(2, 20))]
    loose = re.sub(r"(?:\\?\s)+", r"\\s+", re.sub(r"([^\w\s])", r"\\\1", stretch)).replace('\\"', '"')
    shape = draw(st.sampled_from(["{}", "(?i:{})", "(?:{}|zzzz)", "{}.*", r"\w*{}"])).format(loose or "a")
    return "/" + shape.replace("\\/", "/").replace("/", "\\/") + "/"


def a_tag(draw: st.DrawFn, record: Record) -> str:
    """A tag by value, group, text, rule, a plate's pattern or twins."""
    if not record.tags:
        return "agency:*"
    tag = draw(st.sampled_from(record.tags))
    values = [tag.value, tag.text, tag.by, *tag.groups, "*", (tag.value or "x")[:3] + "*"]
    if tag.kind == "plate" and tag.value:
        values += ["?" + tag.value[1:], tag.value[:-2] + "*", tag.value.replace("0", "O") + "~"]
    value = draw(st.sampled_from([one for one in values if one]))
    return f"{tag.kind}:{quoted(value)}" if re.search(r"[\s()/]", value) else f"{tag.kind}:{value}"


def a_fact(draw: st.DrawFn, record: Record) -> str:
    """Something that the message's facts meet."""
    message = record.message
    about = [f"id:{message.id}", f"thread:{message.thread}", f"release:{message.release.split()[0]}", "within:no"]
    about += [f"date:{message.date[:7]}", f"date:>={message.date[:10]}"] if message.date else ["date:<1990", "has:date"]
    about += [f"source:{quoted(message.source.path.split('/')[-1])}", f"format:{message.source.format}", "page:>=1"]
    about += [f"attachment:{quoted(one.name)}" for one in message.attachments if one.name]
    about += [f"subject:{quoted(message.subject)}"] if re.search(r"\w", message.subject or "") else []
    for field, party in message.parties():
        about += [f"{field}:{word}" for word in re.findall(r"\w+", party.name or "")]
        about += [f"party:{party.address}"] if party.address else []
        about += [f"{field}:agency:{group}" for group in party.groups]
        about += [f"{field}:(agency:{quoted(party.agency)} OR zzzz)"] if party.agency else []
    return draw(st.sampled_from(about))


def a_phrase(draw: st.DrawFn, record: Record) -> str:
    """Some words in a row."""
    found = list(tokens(record.message.text))
    at = draw(st.integers(0, max(0, len(found) - 4)))
    return quoted(record.message.text[found[at].start : found[min(at + 2, len(found) - 1)].end])


PLACED = {"word": a_word, "fuzzy": a_fuzzy, "wild": a_wild, "regex": a_regex, "tag": a_tag, "phrase": a_phrase}
SINGLE = PLACED | {"fact": a_fact}


FORMS = (*SINGLE, "zone", "near", "and", "or", "not", "within a zone")


@st.composite
def queries(draw: st.DrawFn, record: Record, form: str) -> str:
    """One clause, or a few joined, all from one record."""
    if form in SINGLE:
        return SINGLE[form](draw, record)

    def one(kinds: dict[str, Any] = SINGLE) -> str:
        return str(kinds[draw(st.sampled_from(sorted(kinds)))](draw, record))

    if form == "zone":
        kind = draw(st.sampled_from([zone.kind for zone in record.message.zones] or ["own"]))
        return f"{kind}:({one()})"
    if form == "near":
        distance = draw(st.integers(1, 40) | st.just(999))
        return f"{one(PLACED)} {draw(st.sampled_from(['NEAR', 'BEFORE']))}/{distance} {one(PLACED)}"
    if form == "and":
        return f"{one()} {one()} {one()}"
    if form == "or":
        return f"({one()} OR zzzz) {one()}"
    if form == "not":
        return draw(st.sampled_from(["{0} -{1}", "NOT ({0} {1})", "{0} NOT (zzzz OR {1})", "-{0}"])).format(
            one(), one()
        )
    kind = draw(st.sampled_from([zone.kind for zone in record.message.zones] or ["own"]))
    return f"{kind}:({one()} ({one(PLACED)} OR {one()}) -zzzz)"


def few(examples: int) -> settings:
    """Each example is a search or two over the whole corpus."""
    return settings(
        max_examples=examples,
        deadline=None,
        derandomize=True,  # that some of so few are hits must hold on every run
        suppress_health_check=[HealthCheck.function_scoped_fixture],
    )


@pytest.mark.parametrize("form", FORMS)
def test_queries_drawn_from_the_records(corpus: Path, held: list[Record], form: str) -> None:
    long = [one for one in held if len(list(tokens(one.message.text))) > 5]
    met: list[bool] = []

    @few(9)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        record = long[data.draw(st.integers(0, len(long) - 1))]
        met.append(both(corpus, data.draw(queries(record, form)), by_date=data.draw(st.booleans())) > 0)

    check()
    assert any(met)


def test_what_follows_what_is_what_the_conversations_hold(corpus: Path, threads: dict[str, Conversation]) -> None:
    several = [one for one in threads.values() if len(one.records) > 1]
    met: list[bool] = []

    @few(35)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        query = data.draw(chains(several[data.draw(st.integers(0, len(several) - 1))]))
        tree = parse(query)
        met.append(both(corpus, query) > 0)
        expected = {
            record.message.id: reasons
            for one in threads.values()
            for record, reasons in match_conversation(tree, one) or ()
        }
        assert {hit.record.message.id: hit.reasons for hit in search(corpus, query, limit=0).hits} == expected, query

    check()
    assert sum(met) > 0.2 * len(met) > 2


@st.composite
def chains(draw: st.DrawFn, thread: Conversation) -> str:
    """Two or three steps, each from a message of the conversation, mostly in their order."""
    size = len(thread.records)
    places = draw(st.lists(st.integers(0, size - 1), min_size=2, max_size=min(3, size), unique=True))
    if draw(st.sampled_from([True, True, False])):
        places = sorted(places)
    steps = [f"({draw(queries(thread.records[place], draw(st.sampled_from(FORMS))))})" for place in places]
    query = steps[0]
    for step in steps[1:]:
        query += draw(st.sampled_from([" THEN ", " THEN/0d ", " THEN/2d ", " THEN/90d "])) + step
    return query


@pytest.fixture(scope="module")
def threads(corpus: Path, held: list[Record]) -> dict[str, Conversation]:
    names = {record.message.thread for record in held if record.message.thread}
    return {name: Conversation(name, tuple(conversation(corpus, name))) for name in sorted(names)}


@pytest.mark.parametrize("query", ["plate", "own:plate OR jail", "from:salas THEN own:plate", "-zzzz"])
@pytest.mark.parametrize("by_date", [False, True])
def test_a_limit_gives_the_first_of_all(corpus: Path, query: str, by_date: bool) -> None:
    everything = search(corpus, query, limit=0, by_date=by_date)
    for limit in (1, 3, 1000):
        some = search(corpus, query, limit=limit, by_date=by_date)
        assert [hit.record.message.id for hit in some.hits] == [
            hit.record.message.id for hit in everything.hits[:limit]
        ]
        assert some.total == everything.total


def test_a_release_limits_the_hits(corpus: Path, held: list[Record]) -> None:
    release = held[0].message.release
    assert search(corpus, "plate", release=release).total == search(corpus, f'plate release:"{release}"').total


@pytest.mark.parametrize(
    "query",
    [
        *(
            "plate",
            '"a b"',
            "plat*",
            "late~",
            "/a b/",
            "a NEAR/3 b",
            "own:(a OR plate:*)",
            "from:agency:ICE",
            "a THEN b",
        ),
        *("date:2018", "subject:a", "attachment:a", "has:ocr", "page:1", "-a", "agency:ICE", "within:yes bates:1"),
    ],
)
def test_a_corpus_with_nothing_in_it(tmp_path: Path, query: str) -> None:
    (tmp_path / "released").mkdir()
    ingest(Request(tmp_path / "corpus", (tmp_path / "released",), workers=1))
    assert both(tmp_path / "corpus", query) == 0


def test_one_searcher_answers_query_after_query(corpus: Path) -> None:
    from corpus_search.query import parse
    from corpus_search.store import Store
    from corpus_search.workflows.searcher import Searcher

    with Store.open_to_read(corpus) as store:
        searcher = Searcher(store, corpus)
        for query in (
            "from:salas THEN/1d from:lopez THEN/1d from:salas",
            "plate",
            "from:salas THEN from:lopez",
            "plate",
        ):
            expr = parse(query)
            found, total = searcher.ranked(expr)
            shown = [(hit.record.message.id, hit.score, hit.reasons) for hit in searcher.hits(expr, found)]
            alone = search(corpus, query, limit=0)
            assert total == alone.total > 0
            assert shown == [(hit.record.message.id, hit.score, hit.reasons) for hit in alone.hits]


@pytest.fixture(scope="module")
def with_files(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A corpus of a few mails with files attached: two texts, a page of HTML, another mail, a picture without words."""
    folder = tmp_path_factory.mktemp("files") / "released"
    folder.mkdir()
    for number, words in enumerate(("jail roster", "can you run 7XKD204 for ICE", "notes on the jail of Vista Mar")):
        mail = EmailMessage()
        mail["From"], mail["To"], mail["Subject"] = "Kay <kay@vistamar.gov>", "lee@vistamar.gov", f"files {number}"
        mail["Date"], mail["Message-ID"] = f"Tue, 6 Mar 2018 0{number}:12:00 -0800", f"<{number}@vistamar.gov>"
        mail.set_content("The roster you asked for.")
        inner = EmailMessage()
        inner["From"], inner["To"], inner["Subject"] = "mark@ice.dhs.gov", "kay@vistamar.gov", "within"
        inner["Date"] = "Mon, 5 Mar 2018 10:00:00 -0800"
        inner.set_content(f"Forwarded: {words}, please. Thank you for your help with this one.")
        mail.add_attachment(f"{words}\nwritten down by Kay on Monday\n", filename="roster.txt")
        mail.add_attachment(f"<p>Booking of {number} people. {words}</p>", subtype="html", filename="page.html")
        mail.add_attachment(inner)
        (folder / f"{number}.eml").write_bytes(mail.as_bytes())
    ingest(Request(folder.parent / "corpus", (folder,), workers=1))
    return folder.parent / "corpus"


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("attachment:booking", {"page.html"}),  # words of a file, found in the document that it became
        ("attachment:roster", {"files 0", "files 1", "files 2", "roster.txt", "page.html", "within"}),  # and its name
        ("attachment:forwarded", {"within"}),  # a mail that came attached
        ("attachment:(agency:ICE lookup:request)", {"roster.txt", "page.html", "within"}),
        ('attachment:("notes on" NEAR/9 vista)', {"roster.txt", "page.html", "within"}),
        ("attachment:/7XKD ?204/", {"roster.txt", "page.html", "within"}),
        ("attachment:asked", set()),  # words of the mail itself
        ("attachment:*", {"files 0", "files 1", "files 2"}),
        ("attachment:(monday -jail)", {"roster.txt"}),
        ("-attachment:(jail OR run) kay", {"files 0", "files 1", "files 2"}),
        ("attachment:(jail THEN run)", None),
    ],
)
def test_what_is_attached_is_asked_for_its_words(with_files: Path, query: str, found: set[str] | None) -> None:
    if found is None:
        with pytest.raises(QueryError):
            search(with_files, query)
        return
    both(with_files, query)
    assert {hit.record.message.subject for hit in search(with_files, query, limit=0).hits} == found


@pytest.mark.parametrize("form", FORMS)
def test_queries_drawn_from_what_is_attached(with_files: Path, form: str) -> None:
    listed = [one for one in records(with_files) if one.message.within]
    met: list[bool] = []

    @few(6)
    @given(st.data())
    def check(data: st.DataObject) -> None:
        record = listed[data.draw(st.integers(0, len(listed) - 1))]
        asked = data.draw(st.sampled_from(["attachment:({})", "kay attachment:({})", "-attachment:({})"]))
        met.append(both(with_files, asked.format(data.draw(queries(record, form)))) > 0)

    check()
    assert any(met)
