"""What was typed into a page's forms and text annotations: shown on the page, but not in its text layer."""

from __future__ import annotations

import ctypes
from collections.abc import Iterator
from typing import Any, Final

import pypdfium2.raw as raw

from corpus_search.sources.pages.boxes import typed
from corpus_search.sources.pages.pdfium import Size
from corpus_search.sources.pages.words import Box, Turned, Word

MOST: Final = 2000  # annotations of a page that are looked at
_HIDDEN: Final = 2  # the flag of an annotation that is not shown
_LINE: Final = 11.0  # points: the height that a typed line is given


def filled_in(document: Any, page: Any, size: Size) -> list[Word]:
    """The values of fields and the text of annotations, each as words in its place."""
    words: list[Word] = []
    for index in range(min(raw.FPDFPage_GetAnnotCount(page.raw), MOST)):
        annotation = raw.FPDFPage_GetAnnot(page.raw, index)
        if not annotation:
            continue
        try:
            if not raw.FPDFAnnot_GetFlags(annotation) & _HIDDEN:
                words += _words_of(document, annotation, Turned(size))
        finally:
            raw.FPDFPage_CloseAnnot(annotation)
    return words


def _words_of(document: Any, annotation: Any, turn: Turned) -> Iterator[Word]:
    kind = raw.FPDFAnnot_GetSubtype(annotation)
    rectangle = raw.FS_RECTF()
    if kind not in (raw.FPDF_ANNOT_WIDGET, raw.FPDF_ANNOT_FREETEXT):
        return
    if not raw.FPDFAnnot_GetRect(annotation, rectangle):
        return
    box = turn.box(rectangle.left, rectangle.bottom, rectangle.right, rectangle.top)
    text = typed(annotation, b"Contents") if kind == raw.FPDF_ANNOT_FREETEXT else _value(document, annotation)
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    height = min(box.height, _LINE) if len(lines) == 1 else min(_LINE, box.height / len(lines))
    top = box.top + (box.height - height) / 2 if len(lines) == 1 else box.top
    for number, line in enumerate(lines):
        at = box.left + 2
        for word in line.split():
            width = len(word) * height * 0.45
            yield Word(word, Box(at, top + number * height, at + width, top + (number + 1) * height))
            at += width + height * 0.25


def _value(document: Any, annotation: Any) -> str:
    form = document.formenv
    if form is None:
        return ""
    kind = raw.FPDFAnnot_GetFormFieldType(form.raw, annotation)
    if kind in (raw.FPDF_FORMFIELD_CHECKBOX, raw.FPDF_FORMFIELD_RADIOBUTTON):
        return "[x]" if raw.FPDFAnnot_IsChecked(form.raw, annotation) else ""
    if kind not in (raw.FPDF_FORMFIELD_TEXTFIELD, raw.FPDF_FORMFIELD_COMBOBOX, raw.FPDF_FORMFIELD_LISTBOX):
        return ""
    size = raw.FPDFAnnot_GetFormFieldValue(form.raw, annotation, None, 0)
    if not 2 < size < 1 << 17:
        return ""
    buffer = (ctypes.c_ushort * (size // 2))()
    raw.FPDFAnnot_GetFormFieldValue(form.raw, annotation, buffer, size)
    return bytes(buffer).decode("utf-16-le", "replace").rstrip("\0")
