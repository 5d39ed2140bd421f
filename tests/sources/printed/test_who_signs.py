"""What a writer's lines are: own words, the block that signs them, notices, marks of a gateway."""

from __future__ import annotations

import pytest

from corpus_search.sources.printed.signers import signer_of
from corpus_search.sources.printed.words import kinds_of

BLOCK = ["Kay Ruiz", "Records Supervisor", "Anaheim Police Department", "425 S. Harbor Blvd", "Phone: 714-555-0100"]


def of_kind(lines: list[str], kind: str) -> list[str]:
    return [line for line, one in zip(lines, kinds_of(lines), strict=True) if one == kind and line.strip()]


@pytest.mark.parametrize(
    ("lines", "signed"),
    [
        (["Will do.", "", "Thanks, Kay"], []),
        (["Will do.", "", "Thanks,", "Kay"], []),
        (["Will do.", "", "Thanks, Kay", "", *BLOCK], BLOCK),
        (["Will do.", "", "Thanks,", "Kay", "", *BLOCK], BLOCK),
        (["Will do.", "", "Thanks,", "", *BLOCK], BLOCK),
        (["Will do.", "", *BLOCK], BLOCK),
        (["Will do.", "", *BLOCK, "", "(See attached file: plate.doc)"], BLOCK),
        (["Will do.", "-- ", "Kay Ruiz", "Records"], ["-- ", "Kay Ruiz", "Records"]),
        (["Will do.", "", "Sent from my iPhone"], ["Sent from my iPhone"]),
        (
            ["Ok", "", "_" * 50, "Do You Yahoo!?", "Get it at http://mail.example.com"],
            ["_" * 50, "Do You Yahoo!?", "Get it at http://mail.example.com"],
        ),
        (["Look at this:", "http://news.example.com/story"], []),
        (["His number is 714-555-0100"], []),
        (
            [
                "Who is on call:",
                "",
                "Desk One Sam Lee 714-555-0100",
                "Desk Two Ann Poe 714-555-0101",
                "Jail Three Bo Day 714-555-0102",
                "Dispatch Four Al Roe 714-555-0103",
            ],
            [],
        ),
    ],
)
def test_signatures(lines: list[str], signed: list[str]) -> None:
    assert of_kind(lines, "signature") == signed


def test_a_dhs_warning_is_a_notice() -> None:
    warning = [
        "Warning: This document is UNCLASSIFIED//FOR OFFICIAL USE ONLY (U//FOUO). It contains information that may be",
        "exempt from public release under the Freedom of Information Act (5 U.S.C. 552). It is to "
        "be controlled, stored,",
        "handled, transmitted, distributed, and disposed of in accordance with DHS policy relating to FOUO information",
    ]
    lines = ["He is released at noon.", "", *BLOCK, "", *warning]
    assert of_kind(lines, "disclaimer") == warning
    assert of_kind(lines, "own") == ["He is released at noon."]


@pytest.mark.parametrize(
    "notice",
    [
        ["CONFIDENTIALITY NOTICE: This e-mail is for the sole use of the intended recipient."],
        [
            "*" * 60,
            "This email and any files transmitted with it are confidential and",
            "intended solely for the addressee.",
            "*" * 60,
        ],
    ],
)
def test_notices(notice: list[str]) -> None:
    assert of_kind(["Ok.", "", *notice], "disclaimer") == notice


@pytest.mark.parametrize(
    "banner",
    [
        "[EXTERNAL]",
        "*** EXTERNAL EMAIL ***",
        "CAUTION: This email originated from outside of the organization. Do not click links.",
    ],
)
def test_banners_are_furniture(banner: str) -> None:
    lines = [banner, "", "Can you run the plate?"]
    assert of_kind(lines, "furniture") == [banner]
    assert of_kind(lines, "own") == ["Can you run the plate?"]


def test_law_enforcement_words_are_no_notice() -> None:
    lines = ["Is this information confidential, or can we tell the detective about the release?"]
    assert of_kind(lines, "own") == lines


@pytest.mark.parametrize(
    "said",
    [
        "I think this message is subject to the public records act, so it may be disclosed to the public.",
        "If I have received this in error I will call the intended recipient.",
    ],
)
def test_what_a_person_says_of_secrecy_is_own(said: str) -> None:
    """Talk of hiding is evidence, not a notice."""
    assert of_kind([said], "own") == [said]


def test_a_frame_and_a_heading_belong_to_the_notice() -> None:
    notice = [
        "* * * * * * * *",
        "Disclaimer",
        "",
        "This email is confidential and intended for the addressee.",
        "* * * * * * * *",
    ]
    assert of_kind(["Ok.", "", *notice], "disclaimer") == [line for line in notice if line]


@pytest.mark.parametrize(
    ("words", "signed"),
    [
        (
            "Will do.\n\n-Kay\n\nKay Roe\nDeputy\n\n5 Wayside Rd, Orange Grove, CA 92701\n\n<https://a.example/ogso>\n"
            "<https://b.example/ogso>",
            "Kay Roe\nDeputy\n\n5 Wayside Rd, Orange Grove, CA 92701\n\n<https://a.example/ogso>\n<https://b.example/ogso>",
        ),
        (
            "Will do.\n\nKind regards,\n\nKay Roe\nAnalyst - Records\n\n"
            "OGSO / 10751 Park Blvd, Suite 200, Orange Grove, CA\n"
            "92701 USA / www.ogso.example T 714.555.0100 / F 714.555.0101 /",
            "Kay Roe\nAnalyst - Records\n\nOGSO / 10751 Park Blvd, Suite 200, Orange Grove, CA\n"
            "92701 USA / www.ogso.example T 714.555.0100 / F 714.555.0101 /",
        ),
        (
            "Will do.\n\n---------------\nKay Roe\nAnalyst\nOGSO - www.ogso.example\n--\nSent by the county",
            "---------------\nKay Roe\nAnalyst\nOGSO - www.ogso.example\n--\nSent by the county",
        ),
        ("The line is open.\n\nCall-in #:  888-555-6515\nPass Code:  6279960\n\nwww.katz.example", ""),
    ],
)
def test_links_two_numbers_on_a_line_and_rules(words: str, signed: str) -> None:
    lines = words.split("\n")
    kinds = kinds_of(lines)
    marked = "\n".join(line for line, kind in zip(lines, kinds, strict=True) if kind == "signature")
    assert marked == signed


HARGROVE = ["Det. Dennis Hargrove", "Marisol County Sheriff's Office", "(831) 555-0114"]


@pytest.mark.parametrize("parted", [True, False], ids=["an empty line between", "none"])
@pytest.mark.parametrize("sender", [("Hargrove, Dennis", "dhargrove@marisolso.us"), (None, None)], ids=["known", "not"])
@pytest.mark.parametrize(
    "said",
    [
        "His cell is 831-555-0177.",
        "He stays at 930 Pajaro Street.",
        "RO is Isidro Loza, 930 Pajaro St",
        "Reg to Ana Pech, 12 Elm St Apt 4, Salinas",
        "reg: Ana Pech, 12 Elm St Apt 4, Salinas",
        "She drives a white F150, 412 Alder Way",
        "HE STAYS AT 930 PAJARO ST",
        "930 Pajaro St, Salinas, CA 93901",
        "831-555-0177",
        "It comes back to 4410 Mission Blvd",
    ],
)
def test_a_short_answer_above_the_name_of_who_signs_is_own(
    said: str, sender: tuple[str | None, str | None], parted: bool
) -> None:
    lines = [said, *([""] if parted else []), *HARGROVE]
    kinds = kinds_of(lines, signer=signer_of(*sender))
    assert [line for line, kind in zip(lines, kinds, strict=True) if kind == "own" and line] == [said]


@pytest.mark.parametrize(
    ("answer", "block"),
    [
        (["Isidro Loza", "930 Pajaro St", "Salinas, CA 93901"], HARGROVE),
        (["Isidro Loza", "930 Pajaro St", "Salinas, CA 93901"], []),
        (["Alicia Nuno", "Deputy Probation Officer III", "831-555-0133"], []),
        (["His PO:", "", "Alicia Nuno", "Deputy Probation Officer III"], []),
        (["Isidro Loza", "Main Jail, Intake"], []),
        (["RO is Isidro Loza", "930 Pajaro St", "Salinas, CA 93901"], []),
        (["Name: Isidro Loza", "Address: 930 Pajaro St", "Phone: 831-555-0177", "Employer: Taylor Farms"], []),
        (["930 Pajaro St", "Salinas, CA 93901", "831-555-0177"], []),
    ],
)
def test_a_name_that_is_not_the_senders_is_what_the_mail_is_about(answer: list[str], block: list[str]) -> None:
    lines = [*answer, "", *block]
    kinds = kinds_of(lines, signer=signer_of("Hargrove, Dennis", "dhargrove@marisolso.us"))
    assert [line for line, kind in zip(lines, kinds, strict=True) if kind == "own" and line] == [
        line for line in answer if line
    ]


@pytest.mark.parametrize(
    ("sender", "address", "block"),
    [
        ("Nuno, Alicia", "anuno@marisol.gov", "Alicia Nuno\nDeputy Probation Officer III\nMarisol County Probation"),
        (
            "Stroud, Jason R",
            "Jason.R.Stroud@ice.dhs.gov",
            "Jason Stroud\nDeportation Officer\nERO San Francisco, Salinas",
        ),
        ("Sgt. Will Oakes", "woakes@marisolso.us", "Oakes\nMain Jail, Intake/Release"),
        (None, "jason.stroud@ice.dhs.gov", "J. Stroud\nDO"),
        ("Steven Pruett", None, "Steve\nCriminal Analyst, HSI"),
        ("Weller, Amos", "aweller@stonebridgepd.us", "Sgt. A. Weller\nStonebridge Police Dept."),
        ("Tubbs, Sherman", None, 'Sherman L. Tubbs\n\nMajor, Detention\n"Honor, Duty, Service since 1887"'),
        ("Tubbs, Sherman", None, "Sherman Tubbs\nMajor, Detention Bureau\nService with integrity"),
        ("Fenn, Tyler", "Tyler.Fenn@ice.dhs.gov", "Tyler Fenn, IEA\nICE ERO San Antonio - CAP"),
        ("Dean Ortiz", "Dean.Ortiz@ice.dhs.gov", "Dean Ortiz, DO"),
        ("Hargrove, Dennis", None, "Det. Hargrove #2214\nGang Unit"),
        (None, None, "Alicia Nuno\nDeputy Probation Officer III\nMarisol County Probation Department"),
        ("Records Desk", "records@marisol.gov", "Alicia Nuno\nRecords Clerk"),
        ("(b)(6); (b)(7)(C)", None, "(b)(6); (b)(7)(C)\nDeportation Officer"),
    ],
)
def test_a_block_without_contacts_signs(sender: str | None, address: str | None, block: str) -> None:
    lines = ["He is here until noon if you want to stop by.", "", *block.split("\n")]
    kinds = kinds_of(lines, signer=signer_of(sender, address))
    signed = [line for line, kind in zip(lines, kinds, strict=True) if kind == "signature"]
    assert "\n".join(signed) == block


@pytest.mark.parametrize(
    "words",
    [
        "He is out at noon.\n\nDennis",
        "He is out at noon.\n\nSgt. Hargrove",
        "He is out at noon.\n\nDH",
        "Thanks,\nDennis Hargrove",
        "Dennis Hargrove\nasked me where he stays",
        "He will be here:\n\nMain Jail\nIntake/Release",
        "These two were booked:\n\nIsidro Loza\nMain Jail",
        "Dennis\nMain Jail has him until noon",
        "Out today:\n\nLoza, Isidro\nPech, Ana",
    ],
)
def test_names_alone_and_words_about_people_are_own(words: str) -> None:
    lines = words.split("\n")
    for signer in (signer_of("Hargrove, Dennis", "dhargrove@marisolso.us"), signer_of(None, None)):
        assert set(kinds_of(lines, signer=signer)) == {"own"}
