"""Whose side a sender or recipient is on: by domain, path, name and signature, and what fools nobody."""

from __future__ import annotations

import pytest

from corpus_search.model import Message, Party, Source, Zone
from corpus_search.packs.party_pack import PartyPack
from corpus_search.tagging.agencies import AgencyFinder
from corpus_search.tagging.parties import PartyResolver
from corpus_search.tagging.parties.domains import Domains, repaired


@pytest.fixture(scope="session")
def pack() -> PartyPack:
    return PartyPack()


@pytest.fixture(scope="session")
def resolver(agencies: AgencyFinder, pack: PartyPack) -> PartyResolver:
    return PartyResolver(lambda text: agencies.find(text).found, pack)


def message(
    sender: Party | None, own: str = "Hello.", signature: str = "", *, quoted: str = "", bulk: bool = False
) -> Message:
    text = own + signature + quoted
    ends = (len(own), len(own) + len(signature), len(text))
    zones = [Zone("own", 0, ends[0])]
    zones += [Zone("signature", ends[0], ends[1])] if signature else []
    zones += [Zone("quoted", ends[1], ends[2])] if quoted else []
    source = Source("a", None, "0" * 64, "eml")
    return Message("1", "message", "r", source, (), text, tuple(zones), sender=sender, bulk=bulk)


@pytest.mark.parametrize(
    ("domain", "agency", "groups"),
    [
        ("ice.dhs.gov", "Immigration and Customs Enforcement", {"immigration", "federal"}),
        ("associates.ice.dhs.gov", "Immigration and Customs Enforcement", {"immigration", "federal"}),
        ("hsi.dhs.gov", "Homeland Security Investigations", {"immigration", "federal"}),
        ("new.dhs.gov", "Department of Homeland Security", {"immigration", "federal"}),
        ("ocsd.org", "Orange County Sheriff-Coroner Department", {"sheriff", "us-ca"}),
        ("bppd.com", "Buena Park Police Department", {"police", "us-ca"}),
        ("usdoj.gov", "Department of Justice (federal)", {"federal"}),
        ("ncric.ca.gov", "Northern California Regional Intelligence Center", {"fusion"}),
        ("ice.dhs. qov", "Immigration and Customs Enforcement", {"immigration", "federal"}),
        ("lomavistapd.us", "lomavistapd.us", {"police"}),
        ("almondcountyso.us", "almondcountyso.us", {"sheriff"}),
        ("cedarbutteso.us", "cedarbutteso.us", {"sheriff"}),
        ("elmirasheriff.us", "elmirasheriff.us", {"sheriff"}),
        ("pacohillda.org", "pacohillda.org", {"prosecutor"}),
        ("kingslandjail.us", "kingslandjail.us", {"jail"}),
        ("sutter-hollow.courts.ca.gov", "sutter-hollow.courts.ca.gov", {"court", "us-ca"}),
        ("ci.maple-fork.or.us", None, {"local", "us-or"}),
        ("frostcounty.wi.us", None, {"local", "us-wi"}),
        ("state.vt.us", None, {"state", "us-vt"}),
        ("pruittville.gov", None, {"local"}),
        ("treasury.gov", "treasury.gov", {"federal"}),
        ("cityofkettlefalls.gov", None, {"local"}),
        ("ci.davis.ca.gov", None, {"local", "us-ca"}),
        ("adamspdoh.gov", "adamspdoh.gov", {"police", "us-oh"}),
        ("pruittcountysd.us", "pruittcountysd.us", {"sheriff"}),
        ("army.mil", "Department of Defense", {"federal"}),
        ("gmail.com", None, {"personal"}),
    ],
)
def test_domains(pack: PartyPack, domain: str, agency: str | None, groups: set[str]) -> None:
    owner = Domains(pack).owner(domain)
    assert owner is not None
    assert (owner.agency, set(owner.groups)) == (agency, groups)
    assert owner.why


@pytest.mark.parametrize(
    "domain",
    ["ice-dhs.gov.example.com", "ice.dhs.gov.evil.com", "dhs-ice.org", "dhs-gov.com",
     "dhs.lacounty.gov", "pubdef.ocgov.com", "theice.com", "ocregister.com", "elpaso.org",
     "florida.org", "lausd.us", "example.com", "localhost", ""],
)  # fmt: skip
def test_domains_that_fool_nobody(pack: PartyPack, domain: str) -> None:
    owner = Domains(pack).owner(domain)
    assert owner is None or not set(owner.groups) - {"other"}


def test_a_damaged_domain_is_repaired() -> None:
    assert repaired(" ICE .dhs.qov>") == "ice.dhs.gov"


@pytest.mark.parametrize(
    ("name", "address", "side"),
    [
        (None, "█@ice.dhs.gov", "immigration"),
        ("(b)(6), (b)(7)(C) @ice.dhs.gov", None, "immigration"),
        ("Smith, J", "/O=DHS/OU=EXCHANGE/CN=RECIPIENTS/CN=JSMITH", "immigration"),
        ("Smith, J", "/O=OCSD/OU=FIRST/CN=RECIPIENTS/CN=JSMITH", "sheriff"),
        ("Smith, J", "/o=ExchangeLabs/ou=Exchange Administrative Group/cn=Recipients/cn=abc-smith", None),
        ("Ruiz, Daniel (SHERIFF)", None, "sheriff"),
        ("Ames, R (ICE)", None, "immigration"),
        ("Pike, Rolando [ERO]", None, "immigration"),
        ("#ICE-ERO-LOS-Detainers", None, "immigration"),
        ("SHERIFF - Records", None, "sheriff"),
        ("Anaheim PD Records", None, "police"),
        ("ICE Detainer Desk", None, "immigration"),
        ("ICE Detainer Desk", "desk@gmail.com", None),
        ("R. Pike", '"r.pike@ice.dhs.gov"@example.com', None),
        ("Records (IRC)", None, "jail"),
        ("Tomas Avila/PROB/OGC", None, "probation"),
        ("Kay (HSI)", "kay@hsi.dhs.gov", "immigration"),
        ("Kay (OCSD)", "kay@ice.dhs.gov", "immigration"),
        ("Kay (ICE)", "kay@ocsd.org", "sheriff"),
        ("Kay (ICE)", "kay@phila.gov", "local"),
        ("Kay (DA)", "kay@phila.gov", "prosecutor"),
        ("Kay", "/O=COUNTY/OU=PROBATION/CN=KAY", "probation"),
        ("ICE Officer", "x@ice-dhs.gov.example.com", None),
        ("Orange County Register", "news@ocregister.com", None),
        ("Marshall, Bob", None, None),
        ("All Records", None, None),
        ("J. Doe (DHS)", "jdoe@dhs.lacounty.gov", None),
    ],
)
def test_names_and_addresses(resolver: PartyResolver, name: str | None, address: str | None, side: str | None) -> None:
    sender = resolver.resolve(message(Party(name, address))).sender
    assert sender is not None
    known = set(sender.groups) - {"federal", "personal", "other"}
    assert (side in known) if side else not known
    assert bool(sender.why) == bool(sender.groups)


SIGNED = "\nKay Ruiz\nRecords Technician\nAnaheim Police Department\n714-555-0100"


@pytest.mark.parametrize(
    ("sender", "signature", "bulk", "agency"),
    [
        (Party("Kay Ruiz"), SIGNED, False, "Anaheim Police Department"),
        (Party("Kay Ruiz", "kay@gmail.com"), SIGNED, False, "Anaheim Police Department"),
        (Party("Kay Ruiz", "kay@list.example"), SIGNED, True, None),
        (Party("Kay Ruiz", "newsletter@list.example"), SIGNED, False, None),
        (Party("Kay Ruiz", "kay@dhs-ice.org"), SIGNED, False, None),
        (Party("Kay Ruiz", "kay@ice.dhs.gov"), SIGNED, False, "Immigration and Customs Enforcement"),
        (
            Party("Kay Ruiz", "kay@ice.dhs.gov"),
            "\nKay Ruiz\nICE/ERO Santa Ana",
            False,
            "Immigration and Customs Enforcement",
        ),
        (Party("Kay Ruiz", "kay@dhs.gov"), "\nKay Ruiz\nU.S. Border Patrol, Yuma Sector", False, "U.S. Border Patrol"),
        (
            Party("Kay Ruiz", "kay@bernco.gov"),
            "\nKay Ruiz\nBernalillo County Sheriff",
            False,
            "Bernalillo County Sheriff",
        ),
    ],
)
def test_signatures(resolver: PartyResolver, sender: Party, signature: str, bulk: bool, agency: str | None) -> None:
    found = resolver.resolve(message(sender, "Done.\n\nThanks,", signature, bulk=bulk)).sender
    assert found is not None
    assert found.agency == agency


@pytest.mark.parametrize(
    ("sender", "block"),
    [
        (Party("Keller, Ryan", "rkeller@portlaurel.example"), "Ofc. Ryan Keller\nTraffic Div. East"),
        (Party("B. Oakes"), "Sgt. B. Oakes"),
        (Party("Kay Ruiz"), "Kay Ruiz\n12 Main St. Suite 4"),
    ],
)
def test_a_block_among_the_own_words(resolver: PartyResolver, sender: Party, block: str) -> None:
    """Full stops behind ranks and other short forms end no sentence."""
    found = resolver.resolve(message(sender, f"Done, see you there.\n\n{block}\nAnaheim Police Department")).sender
    assert found is not None
    assert found.agency == "Anaheim Police Department"


def test_a_component_is_kept_apart_within_its_agency(resolver: PartyResolver) -> None:
    signed = message(Party("A B", "a@ice.dhs.gov"), "Hi.", "\nAl Bee\nICE ERO, Los Angeles")
    sender = resolver.resolve(signed).sender
    assert sender is not None
    assert "ero" in sender.groups


def test_a_body_that_names_agencies_is_no_signature(resolver: PartyResolver) -> None:
    own = "Kay Ruiz from Anaheim Police Department called.\nPlease call ICE about him.\nHSI was here too."
    sender = resolver.resolve(message(Party("Lee Oh", None), own)).sender
    assert sender is not None
    assert sender.agency is None


def test_nor_is_another_one_s_that_is_quoted(resolver: PartyResolver) -> None:
    sender = resolver.resolve(message(Party("Lee Oh"), "ok", quoted=SIGNED)).sender
    assert sender is not None
    assert sender.agency is None


def test_a_block_without_a_zone_begins_with_the_name(resolver: PartyResolver) -> None:
    sender = resolver.resolve(message(Party("Kay Ruiz"), "Done.\nThe plate is his." + SIGNED)).sender
    assert sender is not None
    assert sender.agency == "Anaheim Police Department"


def test_a_label_may_name_the_body(resolver: PartyResolver) -> None:
    sender = resolver.resolve(message(Party(None, "a@fdle.state.fl.us"))).sender
    assert sender is not None
    assert sender.agency == "Florida Department of Law Enforcement"


def test_resolving_is_pure(resolver: PartyResolver) -> None:
    before = message(Party("Kay Ruiz", "kay@ocsd.org"))
    assert resolver.resolve(before) == resolver.resolve(before)
    assert before.sender == Party("Kay Ruiz", "kay@ocsd.org")
