"""The spaCy pipeline: a tokenizer fit for mail. Loading spaCy is the slow part of a start, so it is done here only."""

from __future__ import annotations

import re
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

MOST_CHARACTERS = 1_000_000  # of one passage: spaCy refuses more
# Where words were run together ("SantaAnaPoliceDepartmentofCorrections"), a word begins.
SEAMS: Final = (r"(?<=[a-z])(?=[A-Z])", r"(?<=[A-Z]{3})(?=[A-Z][a-z]{2})", r"(?<=[a-z]{4})(?=of[A-Z])")
# Marks that part names in mail: "ICE/ERO", "Sheriff-Coroner", "7ABC123.LIS/CA", "Det.Ruiz".
_INFIXES = (
    r"[/\\|,;:()\[\]{}<>=+*~^\"“”&!?#]",
    r"(?<=[A-Za-z0-9])[-–—](?=[A-Za-z0-9])",
    r"(?<=[a-z])\.(?=[A-Z])",
    r"\.\.+",
    *SEAMS,
)
_PREFIXES = (r"[\[({<\"“'‘*#~_/\\|=+:;,.!?>&-]",)
_SUFFIXES = (r"[\])}>\"”'’*#~_/\\|=+:;,!?&-]", r"(?<=[A-Za-z0-9)])\.", r"['’][sS]")
_KEPT_WHOLE = re.compile(r"(?:[A-Za-z]\.){2,}|[\w.+-]+@[\w.-]+|https?://\S+").fullmatch


def blank_pipeline() -> Language:
    """A pipeline with the tokenizer alone."""
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=compile_prefix_regex(_PREFIXES).search,
        suffix_search=compile_suffix_regex(_SUFFIXES).search,
        infix_finditer=compile_infix_regex(_INFIXES).finditer,
        token_match=_KEPT_WHOLE,
    )
    nlp.max_length = MOST_CHARACTERS
    return nlp
