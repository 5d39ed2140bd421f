"""People recognised over a corpus: merged carefully, in whatever order they came, and as the researcher says."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.errors import PackError
from corpus_search.tagging.people import Name, PeopleBook, person_name

OCSD = ("Orange County Sheriff-Coroner Department", ("sheriff", "us-ca"))
ICE = ("Immigration and Customs Enforcement", ("immigration", "federal"))


def book(*people: tuple[str | None, str | None, tuple[str, tuple[str, ...]]]) -> PeopleBook:
    filled = PeopleBook()
    for name, address, (agency, groups) in people:
        filled.add(name, address, agency, groups)
    return filled


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Ruiz, Daniel", Name("ruiz", "daniel")),
        ("Daniel Ruiz", Name("ruiz", "daniel")),
        ("Daniel A. Ruiz", Name("ruiz", "daniel")),
        ("Ruiz, Daniel A (SHERIFF)", Name("ruiz", "daniel")),
        ("Det. D. Ruiz", Name("ruiz", "d")),
        ("RUIZ, DANIEL", Name("ruiz", "daniel")),
        ("Ruiz-Holt, Camila", Name("ruiz-holt", "camila")),
        ("De La Cruz, Ana", Name("de la cruz", "ana")),
        ("Tomas Avila/PROB/OGC", Name("avila", "tomas")),
        ("All Records", None),
        ("Watch Commander", None),
        ("Det. Ruiz", None),
        ("Ruiz", None),
        ("druiz@ocsd.org", None),
        ("", None),
        (None, None),
    ],
)
def test_names_as_they_are_compared(text: str | None, name: Name | None) -> None:
    assert person_name(text) == name


@pytest.mark.parametrize("name", ["Ruiz, Daniel", "Daniel Ruiz", "Det. D. Ruiz", "Ruiz, D", "Ruiz, Daniel A"])
def test_one_person_by_many_writings(name: str) -> None:
    known = book(("Ruiz, Daniel", "druiz@ocsd.org", OCSD)).resolve(name, None)
    assert known is not None
    assert known[0] == OCSD[0]
    assert "elsewhere in the corpus" in known[2]


def test_an_initial_that_fits_two_is_nobody_s() -> None:
    two = book(("Ruiz, Daniel", "a@ocsd.org", OCSD), ("Ruiz, Diana", "b@ocsd.org", OCSD))
    assert two.resolve("D. Ruiz", None) is None
    assert two.resolve("Diana Ruiz", None) is not None


def test_a_full_name_is_not_another_full_name() -> None:
    assert book(("Ruiz, Daniel", "a@ocsd.org", OCSD)).resolve("David Ruiz", None) is None


def test_a_name_in_two_bodies_is_nobody_s() -> None:
    assert (
        book(("Ruiz, Daniel", "a@ocsd.org", OCSD), ("Daniel Ruiz", "d@ice.dhs.gov", ICE)).resolve("Ruiz, Daniel", None)
        is None
    )


def test_a_private_mailbox_stays_private() -> None:
    assert book(("Ruiz, Daniel", "a@ocsd.org", OCSD)).resolve("Daniel Ruiz", "dan@gmail.com") is None


def test_an_address_seen_with_a_signature_is_known_without() -> None:
    known = book(("Dan", "dan@gmail.com", OCSD)).resolve(None, "Dan@Gmail.com")
    assert known is not None
    assert known[:2] == (OCSD[0], ("sheriff", "us-ca"))


def test_a_component_seen_once_does_not_part_a_person() -> None:
    mixed = book(("Pike, R", "p@ice.dhs.gov", ICE), ("Pike, R", "p@ice.dhs.gov", (ICE[0], (*ICE[1], "ero"))))
    known = mixed.resolve("R. Pike", None)
    assert known is not None
    assert set(known[1]) == {"immigration", "federal"}


def test_the_researcher_s_list_goes_before(tmp_path: Path) -> None:
    (tmp_path / "people.yaml").write_text(
        "people:\n  - {names: ['Ruiz, Daniel', dan@gmail.com], agency: Tri-Rivers Task Force, groups: [task_force]}\n"
        "unknown: ['Garcia, Maria']\n",
        encoding="utf-8",
    )
    mine = PeopleBook.of([("Ruiz, Daniel", "a@ocsd.org", *OCSD), ("Garcia, Maria", "m@ocsd.org", *OCSD)], tmp_path)
    assert mine.resolve("Daniel Ruiz", None) == (
        "Tri-Rivers Task Force",
        ("task_force",),
        "the researcher's own list of people",
    )
    assert mine.resolve("X", "dan@gmail.com") is not None
    assert mine.resolve("Maria Garcia", None) is None


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("people:\n  - {nams: [a b], agency: X}", "people.yaml:2: unknown key 'nams'; did you mean 'names'?"),
        (
            "people:\n  - {names: [Ruiz], agency: X}",
            "people.yaml:2: 'Ruiz' is neither an address nor a name of two words",
        ),
    ],
)
def test_faults_of_the_list_name_their_lines(tmp_path: Path, text: str, fault: str) -> None:
    (tmp_path / "people.yaml").write_text(text, encoding="utf-8")
    with pytest.raises(PackError) as error:
        PeopleBook.load(tmp_path)
    assert fault in str(error.value)


NAMES = st.sampled_from(["Ruiz, Daniel", "Daniel Ruiz", "D. Ruiz", "Ruiz, Diana", "Kim Oh", "Oh, Kim", None])
ADDRESSES = st.sampled_from(["a@ocsd.org", "b@ice.dhs.gov", "c@gmail.com", None])
PEOPLE = st.lists(st.tuples(NAMES, ADDRESSES, st.sampled_from([OCSD, ICE])), max_size=8)


@given(PEOPLE.flatmap(lambda people: st.tuples(st.just(people), st.permutations(people))), NAMES, ADDRESSES)
def test_the_order_changes_nothing(orders, name: str | None, address: str | None) -> None:
    one, other = orders
    assert book(*one).resolve(name, address) == book(*other).resolve(name, address)


DOMAIN = ("orangegrovesheriff.org", ("sheriff",))
OGCSO = ("Orange Grove County Sheriff's Department", ("sheriff",))
JAIL = ("Orange Grove County Jail", ("jail",))


def test_a_domain_takes_the_name_that_signatures_give_it() -> None:
    known = book(
        ("Delgado, R", "rdelgado@orangegrovesheriff.org", DOMAIN), (None, "spruett@orangegrovesheriff.org", OGCSO)
    )
    named = known.named("rdelgado@orangegrovesheriff.org", DOMAIN[0])
    assert named is not None
    assert named[0] == OGCSO[0]
    assert "elsewhere in the corpus" in named[2]


def test_an_address_s_own_signature_goes_before_the_domain_s() -> None:
    known = book(
        ("Whitfield, Nora", "nwhitfield@orangegrovesheriff.org", JAIL),
        ("Pruett, S", "spruett@orangegrovesheriff.org", OGCSO),
    )
    assert (known.named("nwhitfield@orangegrovesheriff.org", DOMAIN[0]) or ("",))[0] == JAIL[0]
    assert known.named("allsworn@orangegrovesheriff.org", DOMAIN[0]) is None, "two bodies share the domain"


def test_a_name_seen_with_a_domain_and_a_signature_is_one_body_s() -> None:
    known = book(("Pruett, Sandra", "s@og.org", DOMAIN), ("Pruett, Sandra", None, OGCSO)).resolve("Sandra Pruett", None)
    assert known is not None
    assert known[0] == OGCSO[0]
