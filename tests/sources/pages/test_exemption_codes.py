"""Every exemption code of the domain reference, in the forms in which it is printed on a redaction."""

from __future__ import annotations

import pytest

from corpus_search.sources.pages.codes import code_in, says_nothing

FEDERAL = """
(b)(1)|(b)(1)(A)|(b)(2)|(b)(3)|(b)(3):8 U.S.C. 1367|(b)(4)|(b)(5)|(b)(5) ACP|(b)(6)|(b)(7)(A)|(b)(7)(B)|(b)(7)(C)|b7C
(b)(7)(D)|b7D|(b)(7)(E)|b7E|(b)(7)(F)|(b)(8)|(b)(9)|(c)(1)|(c)(3)|(k)(2), (j)(2)|5 U.S.C. 552a|NR|Non-responsive|DIF|WIF
RIF|RIP|DPP|ACP|AWP|(b)(6); (b)(7)(C)|(b) (6), (b) (7)(C)|1.4(D)|B1,1.4(B),1.4(D)|DPPA|18 USC 2721|CJI|CHRI
III|28 CFR 20|8 CFR 236.6
"""
DAMAGED = """
(bX6)|(b)(6);(b)(7XC)|(b)(7)(c)|(b)(?)(E)|lb)(6)|(b )(6)|(b)(8)(6)|b6 b7c|(b)(6): (b)(7)(C)|[(b)(6)|(b)(6} (b)(7)(C)
"""
STATES = """
GC 6254(f)|7923.600|7927.705|Gov. Code § 6254(k)|GC 6255|Evid. Code 1040|Penal Code 832.7|Penal Code 13300
Veh. Code 1808.21|CLETS PPP 1.6.4|Civ. Code 1798.90.5|14-2-1(A)(4)|14-2-1.2|67.708(b)(16)|708(b)(6)(i)(A)
CHRIA|18 Pa.C.S. 9106|7(1)(b)
7(1)(d)(vii)|5 ILCS 140/7(1)(c)|20 Ill. Adm. Code 1240.80|POL 87(2)(e)(i)|87(2)(f)|47:1A-1.1|47:1A-3|EO 26|42.56.240(1)
RCW 10.97|RCW 70.48.100|RCW 46.12.635|192.345(3)|ORS 192.355(2)|2.2-3706(B)(1)|2.2-3706.1|2.2-3705.1(1)|26(a)|26(f)
M.G.L. c.4 s.7(26)(c)|c.66 s.10|317(c)(5)|1 V.S.A. 317(c)(7)|24-72-305(5)|24-72-204|552.101|552.108|552.130|552.147
119.071(2)(c)|119.0712(2)|316.0777|ARS 39-121|39-123|63G-2-302|GRAMA 63G-2-305
"""
WORDS = """
[REDACTED]|Redacted|Redacted - PII|XXXXX|[CLETS]|[PII]|Exempt|Privileged|AC Priv|Withheld in Full|Page withheld
Non-Responsive|Not Responsive|Outside scope|OOS|Duplicate|Sealed|FERPA
"""


def each(written: str) -> list[str]:
    return [code for line in written.strip().split("\n") for code in line.split("|")]


@pytest.mark.parametrize("code", [*each(FEDERAL), *each(DAMAGED), *each(STATES), *each(WORDS)])
def test_a_code_is_known_on_a_box(code: str) -> None:
    assert code_in(code) == code
    assert says_nothing(code)


@pytest.mark.parametrize(
    "words",
    each(
        "Kay Ruiz|7ABC123|7 ABC 123|714-555-0100|at 8:12|12 Elm St|kay@ogso.gov|B6 is a vitamin|March 6|90210|"
        "Case 19-0045|$1,200|code 4|10-28|2018-03-06|26|section"
    ),
)
def test_words_under_a_box_are_no_code(words: str) -> None:
    assert code_in(words) is None
    assert not says_nothing(words)
