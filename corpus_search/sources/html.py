"""HTML into the text that a reader sees: words whole, cells and blocks apart, what is hidden left out.

Our own walk over the tree, because a library's "text with a separator" splits `<b>7ABC</b><b>123</b>`.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from corpus_search.sources.charsets import scrub

MAX_HTML: Final = 16 << 20  # characters of one HTML text that are parsed
MAX_UNCLOSED: Final = 10_000  # elements left open: a tree so deep takes the parser quadratic time
_LEAVES: Final = ("<br", "<img", "<hr", "<p", "<td", "<tr", "<li", "<o:", "<!", "<meta", "<link", "<input", "<col")
_TAG: Final = re.compile(r"<[^<>]{0,4000}>")
_UNSEEN: Final = frozenset(
    {"script", "style", "head", "title", "noscript", "template", "object", "embed", "svg", "math", "select", "meta"}
    | {"link", "base", "iframe", "frame", "map", "audio", "video", "canvas", "datalist", "xml"}
)
_BLOCKS: Final = frozenset(
    {
        "address",
        "article",
        "aside",
        "blockquote",
        "body",
        "caption",
        "center",
        "dd",
        "details",
        "dir",
        "div",
        "dl",
        "dt",
    }
    | {"fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html"}
    | {
        "li",
        "main",
        "menu",
        "nav",
        "ol",
        "p",
        "pre",
        "section",
        "summary",
        "table",
        "tbody",
        "tfoot",
        "thead",
        "tr",
        "ul",
    }
)
_SPACED: Final = frozenset({"p", "h1", "h2", "h3", "h4", "h5", "h6", "table", "ul", "ol", "dl", "blockquote", "pre"})
_HIDDEN: Final = re.compile(
    r"display\s*:\s*none|visibility\s*:\s*(?:hidden|collapse)|mso-hide\s*:\s*all|font-size\s*:\s*0(?![.\d]*[1-9])"
    r"|max-height\s*:\s*0(?![.\d]*[1-9])",
    re.IGNORECASE,
)
_BLANKS: Final = re.compile(r"[ \t\r\n\f\v]+")
_UNSEEN_CHARACTERS: Final = re.compile("[\xad\u200b\u200c\u2060\ufeff]+")  # shown as nothing, within words too


def html_to_text(markup: str) -> str:
    """The visible text of an HTML document or fragment; never raises on any markup."""
    markup = scrub(markup[:MAX_HTML])
    if _unclosed(markup) > MAX_UNCLOSED:
        return _without_tags(markup)
    tree = LexborHTMLParser(markup)
    writer = _Writer()
    if tree.root is not None:
        _walk(tree.root, writer)
    return writer.text()


def _unclosed(markup: str) -> int:
    """About how many elements are never closed, those not counted that need not be."""
    opened = markup.count("<") - 2 * markup.count("</")
    return opened - sum(markup.count(leaf) for leaf in _LEAVES) if opened > MAX_UNCLOSED else 0


def _without_tags(markup: str) -> str:
    """The text of markup that is no honest document: whatever stands between tags."""
    lines = unescape(_TAG.sub("\n", markup)).splitlines()
    return "\n".join(line.strip() for line in lines if line.strip())


class _Writer:
    """Lines of text, blanks folded as a browser folds them.

    The break that a block asks for waits until words follow, so that cells of a row that hold blocks stay on one line.
    """

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.line: list[str] = []
        self.waiting = 0  # 1: a new line, 2: with an empty line between
        self.row_waits = False  # no words in this row yet
        self.cell_begins = False  # none in this cell
        self.quote = 0  # how many cited blocks this stands in
        self.pre = 0

    def words(self, text: str) -> None:
        """Text as it stands in the document."""
        text = _UNSEEN_CHARACTERS.sub("", text)
        if self.pre:
            self.settle()
            first, *more = text.replace("\r\n", "\n").split("\n")
            self.line.append(first)
            for line in more:
                self.end_line()
                self.line.append(line)
            return
        text = _BLANKS.sub(" ", text)
        if text.strip(" "):
            self.settle()
        if text.startswith(" ") and (not self.line or self.line[-1].endswith((" ", "\t"))):
            text = text[1:]
        if text:
            self.line.append(text)

    def settle(self) -> None:
        """Make the break that waits."""
        self.row_waits = self.cell_begins = False
        if self.waiting:
            if self._has_words():
                self.end_line()
            self.line.clear()
            if self.waiting > 1 and self.lines and self.lines[-1].strip("> "):
                self.end_line()
            self.waiting = 0

    def end_line(self) -> None:
        """End the line, empty or not."""
        text = "".join(self.line).replace("\xa0", " ")
        text = text.rstrip() if self.pre else text.strip(" ").rstrip()
        self.lines.append("> " * self.quote + text if self.quote else text)
        self.line.clear()

    def break_line(self) -> None:
        """What `<br>` does."""
        self.settle()
        self.end_line()

    def block(self, spaced: bool = False) -> None:
        """Ask for a new line where words follow; `spaced`: with an empty line between."""
        if not self.cell_begins:
            self.waiting = max(self.waiting, 2 if spaced else 1)

    def row(self) -> None:
        """Begin a table's row."""
        self.block()
        self.row_waits = True

    def cell(self) -> None:
        """Keep a row's cells apart, and on one line."""
        if not self.row_waits and self._has_words():
            self.waiting = 0
            self.line.append("\t")
        self.cell_begins = True

    def end_cell(self) -> None:
        """No empty line stands between cells, whatever their last block asks for."""
        self.cell_begins = False
        if not self.row_waits:
            self.waiting = min(1, self.waiting)

    def _has_words(self) -> bool:
        return bool(self.line) and bool("".join(self.line).strip(" \t" if not self.pre else ""))

    def text(self) -> str:
        """All of it, without empty lines at either end and at most one of them in a row."""
        self.block()
        self.settle()
        kept: list[str] = []
        for line in self.lines:
            if line.strip("> ") or (kept and kept[-1].strip("> ")):
                kept.append(line)
        while kept and not kept[-1].strip("> "):
            kept.pop()
        return "\n".join(kept)


def _walk(root: Any, writer: _Writer) -> None:
    """Depth first without recursion: each node is entered and, when it is an element that was seen, left."""
    node, depth = root, 0
    while node is not None:
        entered = _enter(node, writer)
        child = node.first_child if entered else None
        if child is not None:
            node, depth = child, depth + 1
            continue
        if entered:
            _leave(node, writer)
        while node is not None and node.next is None:
            if depth == 0:
                return
            node, depth = node.parent, depth - 1
            _leave(node, writer)
        if node is None or depth == 0:
            return
        node = node.next


def _enter(node: Any, writer: _Writer) -> bool:
    """Write what stands before the node's children; False where they are not seen."""
    tag = node.tag
    if tag == "-text":
        writer.words(node.text_content or "")
        return False
    if tag == "br":
        writer.break_line()
        return False
    if tag is None or tag.startswith("-") or tag in _UNSEEN or _is_hidden(node):
        return False
    if tag in _BLOCKS:
        writer.block(_is_spaced(node))
        if tag == "tr":
            writer.row()
        elif tag == "blockquote" and _is_cited(node):
            writer.settle()
            writer.quote += 1
        elif tag == "pre":
            writer.settle()
            writer.pre += 1
    elif tag in ("td", "th"):
        writer.cell()
    return True


def _leave(node: Any, writer: _Writer) -> None:
    tag = node.tag
    if tag in ("td", "th"):
        writer.end_cell()
    if tag not in _BLOCKS:
        return
    spaced = _is_spaced(node)
    writer.block()
    if tag == "blockquote" and _is_cited(node):
        writer.settle()
        writer.quote = max(0, writer.quote - 1)
    elif tag == "pre":
        writer.settle()
        writer.pre -= 1
    if spaced:
        writer.block(spaced=True)


def _is_spaced(node: Any) -> bool:
    """Whether an empty line stands around the block; Word's paragraphs ("MsoNormal") have none."""
    return node.tag in _SPACED and not (node.tag == "p" and (node.attributes.get("class") or "").startswith("Mso"))


def _is_hidden(node: Any) -> bool:
    attributes = node.attributes
    if not attributes:
        return False
    if "hidden" in attributes:
        return True
    style = attributes.get("style")
    return bool(style and _HIDDEN.search(style[:2000]))


def _is_cited(node: Any) -> bool:
    """Whether a block quote is another mail's words (and not mere indentation)."""
    attributes = node.attributes
    return attributes.get("type") == "cite" or "gmail_quote" in (attributes.get("class") or "")
