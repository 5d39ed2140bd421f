from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus_search.sources.html import html_to_text


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<b>7ABC</b><b>123</b>", "7ABC123"),
        ("<p>a</p><p>b<br>c</p>", "a\n\nb\nc"),
        (
            "<p class=MsoNormal>a</p><p class=MsoNormal>b</p><p class=MsoNormal>&nbsp;</p><p class=MsoNormal>c</p>",
            "a\nb\n\nc",
        ),
        ("<table><tr><td>x</td><td>y</td></tr><tr><td>1<td>2</table>", "x\ty\n1\t2"),
        ("<div>a<div>b</div>c</div>", "a\nb\nc"),
        (
            "<table><tr><td><p>x</p></td><td><p>y</p></td></tr><tr><td><div>1</div></td><td>2</td></tr></table>z",
            "x\ty\n1\t2\n\nz",
        ),
        ("a<table><tr><td></td><td>b</td></tr></table>", "a\n\nb"),
        ("<td><p>a</p><p>b</p></td><td>c</td>", "a\n\nb\n\nc"),
        ("7AB\u200bC&shy;123", "7ABC123"),
        ("<div>one</div><br><div>two</div>", "one\n\ntwo"),
        ("a<br><br><br><br>b", "a\n\nb"),
        ("a  \n b", "a b"),
        ("<i>a</i> <i>b</i>", "a b"),
        ("<pre>x  y\n z</pre>", "x  y\n z"),
        ("<blockquote type=cite>q<br>r</blockquote>end", "> q\n> r\n\nend"),
        ('<blockquote class="gmail_quote">q</blockquote>', "> q"),
        ("<blockquote>indented</blockquote>", "indented"),
        ("hi <span style='display: none'>no</span>there", "hi there"),
        ("<span style='font-size:0'>no</span>x", "x"),
        ("<span style='font-size:0.8em'>small</span>", "small"),
        ("<p hidden>no</p>x", "x"),
        ("<html><head><title>t</title><style>s</style></head><body>x<!-- c --><script>j</script></body>", "x"),
        ("<ul><li>a<li>b</ul>", "a\nb"),
        ("a &lt; b &amp; c&#39;s", "a < b & c's"),
        ("<o:p>&nbsp;</o:p>x", "x"),
        ("", ""),
        ("plain", "plain"),
    ],
)
def test_what_a_reader_sees(markup: str, expected: str) -> None:
    assert html_to_text(markup) == expected


def test_a_tree_without_end_gives_its_words_all_the_same() -> None:
    assert html_to_text("<div>" * 20_000 + "deep") == "deep"
    assert html_to_text("<div>" * 3_000 + "deep") == "deep"


@given(
    st.lists(
        st.sampled_from(
            ["<b>", "</b>", "<p>", "<td>", "<table>", "<pre>", "</pre>", "x", "\ud800", "&#0;", "<!--", "\n"]
        )
    )
)
def test_any_markup_gives_text(pieces: list[str]) -> None:
    html_to_text("".join(pieces)).encode()
