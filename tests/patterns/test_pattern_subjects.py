"""Whom and which car a finding is about."""

from __future__ import annotations

import pytest

from corpus_search.patterns.names import persons_in
from tests.patterns.conftest import Mail, Teller


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("Any word on Medrano? He was supposed to roll Tuesday.", ["Medrano"]),
        ("Need a Cal-Photo on ORTEGA, Luis 03/14/88 please", ["ORTEGA, Luis"]),
        ("Ortega, Luis (DOB 3/14/88) lives at 14 Elm St.", ["Ortega, Luis"]),
        ("MARQUEZ-IBARRA Saul 05/09/1979", ["MARQUEZ-IBARRA Saul"]),
        ("He told us his name was Abel Quijano and that he is from Puebla.", ["Abel Quijano"]),
        ("Client Maria de la Cruz reports Thursday", ["Maria de la Cruz"]),
        ("We have four: Ruiz, Paz, Cano and Lima.", ["Ruiz", "Paz", "Cano", "Lima"]),
        ("Garcia gets out Friday, Flores on Monday.", ["Garcia", "Flores"]),
        ("- Tapia - RLSD today\n- Nava - ct 11/19", ["Tapia", "Nava"]),
        ("Kevin Ayala Mejia aka Lil Smokey", ["Kevin Ayala Mejia"]),
        ("Quiroz and Banuelos are packed and ready", ["Quiroz", "Banuelos"]),
        ("FYI cited a Mr. Xu today", ["Xu"]),
        ("Sgt. Medina said Lopez is out", ["Lopez"]),
        ("He is in Judge Alder's room, Officer Teal will sit at Dewey", []),
        ("They met in Garden Grove near Chapman Ave", []),
        ("Called the Garnet Hills Police Department on Monday. Thanks Bob.", []),
        ("Nothing here is written with a capital letter", []),
        ("Jason Stroud\nERO San Francisco, Salinas sub-office\n", ["Jason Stroud"]),
        ("Stopped a guy on Del Monte for no headlights. Rigoberto Anaya.", ["Rigoberto Anaya"]),
        ("Anything on Del Toro?", ["Del Toro"]),
        ("I'll light him up at Acosta and Main. Be close.", []),
        ("Got a carload here at 5th and Elm, driver is from Michoacan", []),
        ("Tech is coming Thursday, Dept 6", []),
        ("LOS SANTOS, Maria 3/4/88", ["SANTOS, Maria"]),
        ("Wanted to let you know Mendez made bail.", ["Mendez"]),
        ("That fella from the range, Arnulfo, he bonds out today", ["Arnulfo"]),
        ("I have a Selvin Us with me at mile 12", ["Selvin Us"]),
        ("Tell Us when the doors open. All of Us are here.", []),
        ("Is 88213 Simon Baten eligible to get out?", ["Simon Baten"]),
        ("House is 1412 Baten near the park", []),
        ("Computer has him leaving at 5:45", []),
        ("Two of them hand me papers. NICOLAS BALTAZAR and OFELIO CUX. Want them?", ["NICOLAS BALTAZAR", "OFELIO CUX"]),
        ("One of mine, WILBER RAMOS PONCE, has a hearing", ["WILBER RAMOS PONCE"]),
        ("They come out the Cty Rd door, Sign In at the desk", []),
    ],
)
def test_persons_as_hasty_mail_names_them(teller: Teller, text: str, persons: list[str]) -> None:
    assert [one.text for one in persons_in(text, {"bob"}, teller.pack.no_names)] == persons


def _about(teller: Teller, *mails: Mail) -> tuple[str, ...]:
    (finding,) = teller.found(*mails)
    return finding.subjects


def test_those_asked_about_not_those_met_in_the_answer(teller: Teller) -> None:
    asked = Mail("ice", "police", "Do you have any FIs on Jairo Umana, last 6 months?", "FI's")
    answered = Mail("police", "ice", "Two. 3/12 at the park with a Yesenia, gave 318 Sycamore both times.")
    assert _about(teller, asked, answered) == ("Jairo Umana",)


def test_those_told_of_when_nobody_is_asked_about(teller: Teller) -> None:
    told = Mail("jail", "ice", "FYI Medrano just bonded, he will be out the front door in 45 min.")
    assert _about(teller, told, Mail("ice", "jail", "Sending Cole, thanks.")) == ("Medrano",)


def test_the_number_of_an_inmate_where_nobody_is_named(teller: Teller) -> None:
    asked = Mail("ice", "jail", "Can you hold the 5 pm release till 6? It is for 19044-22")
    assert _about(teller, asked, Mail("jail", "ice", "He will be the last one out, we'll stall him till 6.")) == (
        "19044-22",
    )


def test_never_those_who_write_or_sign(teller: Teller) -> None:
    asked = Mail("ice", "jail", "Lana,\nwhen does Cardona get out? Is he still in custody?\n\nMario Salas")
    assert _about(teller, asked) == ("Cardona",)


def test_a_name_that_stands_only_in_the_subject(teller: Teller) -> None:
    told = Mail("jail", "ice", "he is being released today around 2, front door", "Re: Delgadillo")
    assert _about(teller, told) == ("Delgadillo",)


def test_a_hasty_subject(teller: Teller) -> None:
    told = Mail("jail", "ice", "he just bonded, being released before lunch, front door", "fyi j aldana")
    assert _about(teller, told) == ("j aldana",)


def test_numbers_where_there_is_no_name(teller: Teller) -> None:
    told = Mail("jail", "ice", "both being released in 20 min, front door. bk 1208-331 and 1208-340")
    assert _about(teller, told) == ("1208-331", "1208-340")


class TestPlates:
    def test_of_the_request(self, teller: Teller) -> None:
        asked = Mail("ice", "police", "Can you run 7XKD204 and 8TPV109 for me, need the RO")
        answered = Mail("police", "ice", "Both come back to the same guy, Jose Ibarra.")
        assert _about(teller, asked, answered) == ("7XKD204", "8TPV109")

    def test_of_a_file(self, teller: Teller) -> None:
        told = Mail("police", "ice", "14 reads in Flock as you asked, report for 6WMB290 attached", "LPR report")
        assert _about(teller, told) == ("6WMB290",)

    def test_by_its_shape(self, teller: Teller) -> None:
        asked = Mail("ice", "police", "What was the name on the Windstar you looked up for me, the tag?")
        answered = Mail("police", "ice", "Ortiz-Camacho, Eliseo. HTP 9924. Registered on Fayette St")
        assert _about(teller, asked, answered) == ("HTP9924",)


def test_a_line_for_each_name_is_a_list(teller: Teller) -> None:
    ask = Mail("ice", "jail", "Which of these are getting out this week?\n\nSilva-Mota\nRenteria\nUriel Banda")
    found = teller.found(ask, Mail("jail", "ice", "Renteria walks out the front Friday at 7 am, bond posted."))
    assert found[0].subjects == ("Silva-Mota", "Renteria", "Uriel Banda")


def test_a_road_is_nobody(teller: Teller) -> None:
    text = (
        "I stopped a Rigoberto Canul this morning, no license, born in Mexico. Works at the nursery on Bethlehem Pike."
    )
    assert teller.found(Mail("police", "ice", text))[0].subjects == ("Rigoberto Canul",)
