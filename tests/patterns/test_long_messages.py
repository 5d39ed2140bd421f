"""Words of many matters in a long message do not add up; those that stand together do."""

from __future__ import annotations

from corpus_search.patterns.dense import LONG
from tests.patterns.conftest import Mail, Teller

TIP = "Diego Sandoval in C-4 just bonded out, he is changing and walks out the front door at 1530."
FILLER = "The painters are done with the offices, and the copier is to be mended before the end of the month. "


def test_a_tip_is_heard_in_a_long_message(teller: Teller) -> None:
    text = f"Your invoice came back from the auditor. {FILLER * 9}\n\n{TIP}\n\n{FILLER * 9}"
    assert len(text) > LONG
    assert teller.names(Mail("jail", "ice", text)) == ["release_tipoff C"], "what speaks against stands elsewhere"


def test_words_far_apart_count_less(teller: Teller) -> None:
    together = teller.found(Mail("jail", "ice", TIP))[0]
    first, second = TIP.split(", ")
    apart = teller.found(Mail("jail", "ice", f"{first}.\n\n{FILLER * 12}\n\nH{second[1:]}"))
    assert all(one.score < together.score for one in apart)
