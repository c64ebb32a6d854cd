"""Web pages: the text a reader sees, tables by column, and what the page holds beside it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from selectolax.lexbor import LexborHTMLParser, LexborNode, SelectolaxError

from connectors.formats.base import Document
from connectors.formats.encoding import decoded
from connectors.formats.flow import Flow, Piece
from connectors.formats.location import Names, inside
from connectors.formats.text import chunks
from scanner.model import Batch, Skipped

_LARGEST = 32 << 20
"""Characters of the longest page whose tree is built; a longer one is read as text."""
_DEPTH = 5_000
_OPEN = 10_000
_NESTING = ("div", "ul", "ol", "section", "article", "blockquote", "fieldset", "dl", "main", "nav")
_START = re.compile(
    r"""(?xis) [\s\ufeff]* (<\?xml[^>]{0,200}\?>\s*)? (<!--.{0,2000}?-->\s*)*
    <(!doctype\s+html | html | head | body | title | meta | table | div | p | h[1-6] | span | br )
    \b"""
)
_NAMED = (".html", ".htm", ".xhtml", ".shtml", ".aspx")
_BLOCK = frozenset(
    """address article aside blockquote body br caption dd div dl dt fieldset figcaption footer form
    h1 h2 h3 h4 h5 h6 head header hr legend li main nav ol option p pre section summary table
    tbody tfoot thead title tr ul""".split()  # noqa: SIM905
)
_UNSEEN = frozenset({"script", "style", "template", "head"})
_SPACE = re.compile(r"\s+")


def is_html(start: str, name: str) -> bool:
    """Whether a text that begins so is a web page."""
    if _START.match(start):
        return True
    return name.lower().endswith(_NAMED) and start.lstrip("\ufeff \t\r\n").startswith("<")


def read(document: Document) -> Iterator[Batch | Skipped]:
    """Text, tables, and the title, comments, form values and addresses of a page."""
    parts, size = [], 0
    stream = decoded(document.stream)
    for part in stream:
        parts.append(part)
        size += len(part)
        if size > _LARGEST:
            yield from _as_text(document, "".join(parts), stream)
            return
    text = "".join(parts)
    if _nests_absurdly(text):
        yield from _as_text(document, text, iter(()))
        return
    try:
        page = LexborHTMLParser(text.encode("utf-8", "replace"))
    except (SelectolaxError, ValueError, RuntimeError, MemoryError):
        yield from _as_text(document, text, iter(()))
        return
    del parts, text
    if page.root is not None:
        walk = _Walk(page.root)
        yield from Flow(document.location).batches(walk.pieces())
        yield from walk.fields(document.location)


def _nests_absurdly(text: str) -> bool:
    """Whether so many blocks are left open that to build the tree takes hours."""
    lower = text.lower()
    return sum(lower.count("<" + tag) - lower.count("</" + tag) for tag in _NESTING) > _OPEN


def _as_text(document: Document, begun: str, rest: Iterator[str]) -> Iterator[Batch]:
    def pieces() -> Iterator[str]:
        yield begun
        yield from rest

    for value in chunks(pieces()):
        if not value.isspace():
            yield Batch(document.location, (value,))


class _Walk:
    """Goes through a page's tree in its order, without recursion."""

    def __init__(self, root: LexborNode) -> None:
        self._root = root
        self._tables = 0
        self._row: list[str] = []
        self._cell: list[str] | None = None
        self._pre = 0
        self._form: list[tuple[str, str]] = []

    def pieces(self) -> Iterator[Piece]:
        """Everything but the form's values."""
        node: LexborNode | None = self._root
        depth = 0
        while node is not None:
            yield from self._enter(node)
            unseen = (node.tag or "") in _UNSEEN - {"head"}
            child = None if unseen or depth > _DEPTH else node.first_child
            if child is not None:
                node, depth = child, depth + 1
                continue
            if depth > _DEPTH and node.first_child is not None:
                yield from self._text(node.text(deep=True))
            while node is not None:
                yield from self._leave(node)
                if node.mem_id == self._root.mem_id:
                    return
                following = node.next
                if following is not None:
                    node = following
                    break
                node, depth = node.parent, depth - 1

    def fields(self, location: str) -> Iterator[Batch]:
        """Values that a form was filled with, each at its field's name."""
        names = Names()
        for name, value in self._form:
            place = inside(location, f"form!{names.unique(name or 'field')}")
            yield Batch(place, (value,), name[:200])

    def _enter(self, node: LexborNode) -> Iterator[Piece]:
        tag = node.tag or ""
        if node.is_text_node:
            yield from self._words(node)
        elif node.is_comment_node:
            yield from _said("comments", node.comment_content or "")
        elif tag == "table":
            self._tables += 1
        elif tag in {"td", "th"} and self._tables == 1:
            self._cell = []
        elif tag == "pre":
            self._pre += 1
        if node.is_element_node:
            yield from self._attributes(tag, node)

    def _words(self, node: LexborNode) -> Iterator[Piece]:
        text = node.text_content or ""
        parent = node.parent
        if parent is not None and parent.tag == "title":
            yield from _said("properties", text)
        elif parent is not None and parent.tag == "textarea":
            self._form.append((_attribute(parent, "name"), text.strip()))
        else:
            yield from self._text(text if self._pre else _SPACE.sub(" ", text))

    def _attributes(self, tag: str, node: LexborNode) -> Iterator[Piece]:
        if tag == "meta":
            if _attribute(node, "name").lower() in {"description", "author", "keywords"}:
                yield from _said("properties", _attribute(node, "content"))
        elif tag in {"a", "area"}:
            address = _attribute(node, "href").strip()
            if address.lower().startswith(("mailto:", "tel:")):
                yield from _said("links", address)
        elif tag in {"img", "area"}:
            yield from self._text(_spaced(_attribute(node, "alt")))
        elif tag == "input":
            value = _attribute(node, "value").strip()
            kind = _attribute(node, "type").lower()
            if value and kind not in {"submit", "button", "reset", "image", "checkbox", "radio"}:
                self._form.append((_attribute(node, "name"), value))
        if title := _attribute(node, "title"):
            yield from self._text(_spaced(title))

    def _leave(self, node: LexborNode) -> Iterator[Piece]:
        tag = node.tag or ""
        if tag == "table" and self._tables:
            self._tables -= 1
            if not self._tables:
                yield from self._end_row()
                yield "", None
        elif tag in {"td", "th"} and self._tables == 1:
            self._row.append("".join(self._cell or ()).strip())
            self._cell = None
        elif tag == "tr" and self._tables == 1:
            yield from self._end_row()
        elif tag == "pre" and self._pre:
            self._pre -= 1
        if tag in _BLOCK:
            yield from self._text("\n")

    def _text(self, text: str) -> Iterator[Piece]:
        if self._cell is not None:
            self._cell.append(text)
        elif not self._tables or text.strip():
            yield "", text

    def _end_row(self) -> Iterator[Piece]:
        row, self._row = self._row, []
        if any(row):
            yield "", tuple(row)


def _said(place: str, text: str) -> Iterator[Piece]:
    if text.strip():
        yield place, text.strip() + "\n"


def _spaced(text: str) -> str:
    return f" {text.strip()} " if text.strip() else ""


def _attribute(node: LexborNode, name: str) -> str:
    return node.attributes.get(name) or ""
