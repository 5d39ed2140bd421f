"""HTML into the text that a reader sees: words whole, cells and blocks apart, what is hidden left out.

Our own walk over the tree, because a library's "text with a separator" splits `<b>7ABC</b><b>123</b>`.
"""

from __future__ import annotations

import re
from html import unescape
from typing import Any, Final

from selectolax.lexbor import LexborHTMLParser

from corpus_search.sources.charsets import scrub
from corpus_search.sources.shown import Lines

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


def html_to_text(markup: str) -> str:
    """The visible text of an HTML document or fragment; never raises on any markup."""
    markup = scrub(markup[:MAX_HTML])
    if _unclosed(markup) > MAX_UNCLOSED:
        return _without_tags(markup)
    tree = LexborHTMLParser(markup)
    writer = Lines()
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


def _walk(root: Any, writer: Lines) -> None:
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


def _enter(node: Any, writer: Lines) -> bool:
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


def _leave(node: Any, writer: Lines) -> None:
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
