"""Learns what words tell of patterns from the open labelled conversations and the packs' own examples.

python benchmarks/patterns/learn.py    writes corpus_search/packs/data/patterns/wording.tsv

Two logistic regressions: cooperation or not, and which pattern where there is one. The same file every time. Run it again
when open conversations are added; those kept unseen are never read.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from score import LABELLED, ROOT, _name

from corpus_search.packs.pattern_loading import load_patterns
from corpus_search.packs.pattern_wording import ANY
from corpus_search.patterns.examples import record_of
from corpus_search.patterns.sides import turns
from corpus_search.patterns.wording import scale, words_of
from corpus_search.store import Store
from corpus_search.workflows.finding import conversations
from corpus_search.workflows.work import tagger_for

TO = ROOT / "corpus_search" / "packs" / "data" / "patterns" / "wording.tsv"
SEEN = 3  # conversations that a word must stand in
ROUNDS, RATE, DECAY = 50, 0.03, 1e-4  # more rounds know the learned ones better, and others worse
LEAST = 0.08  # weights nearer to nought are left out
Example = tuple[frozenset[str], str]  # its words, and the pattern ("" for none)


def main() -> None:
    """Learn, and write the weights."""
    known = [*labelled(), *of_packs()]
    words = vocabulary([words for words, _ in known])
    patterns = sorted({pattern for _, pattern in known if pattern})
    met = features([each for each, _ in known], words)
    found, none = np.array([bool(p) for _, p in known]), np.array([not p for _, p in known])
    at_all = learnt(met, np.stack([none, found], axis=1))
    among = learnt(met[found], np.stack([np.array([p == name for _, p in known])[found] for name in patterns], axis=1))
    table = np.concatenate([(at_all[:, 1] - at_all[:, 0])[:, None], among - among.mean(axis=1, keepdims=True)], axis=1)
    lines = ["\t".join(["word", ANY, *patterns])]
    for word, weights in zip(words, table, strict=True):
        kept = [f"{weight * 100:.0f}" if abs(weight) >= LEAST else "" for weight in weights]
        if any(kept):
            lines.append("\t".join([word, *kept]))
    TO.write_text("\n".join(lines) + "\n", encoding="utf-8")
    print(f"{len(known)} conversations, {len(lines) - 1} words, {TO.stat().st_size // 1000} kB")


def labelled() -> Iterator[Example]:
    """The open conversations that concern immigration, as the tool reads them."""
    rows = [json.loads(line) for line in (LABELLED / "open.jsonl").read_text(encoding="utf-8").splitlines()]
    label = {row["id"]: row["expect"][0]["pattern"] if row["expect"] else "" for row in rows}
    with tempfile.TemporaryDirectory() as folder:
        mail, corpus = Path(folder) / "mail", Path(folder) / "corpus"
        subprocess.run([sys.executable, LABELLED / "build.py", mail, "--part", "open"], check=True, capture_output=True)
        tool = [sys.executable, "-m", "corpus_search", "--corpus", str(corpus)]
        subprocess.run([*tool, "ingest", str(mail / "open.mbox"), "--workers", "1"], capture_output=True, check=False)
        sidecar: dict[str, Any] = json.loads((mail / "open.ids.json").read_text())
        with Store.open_to_read(corpus) as store:
            for conversation in conversations(store, store.immigration_threads(None)):
                ids = [one.message.message_id for one in conversation.records]
                names = {_name(sidecar[one]) for one in ids if one in sidecar}
                if len(names) == 1:
                    yield words_of(turns(conversation.records)), label[names.pop()]


def of_packs() -> Iterator[Example]:
    """What the packs' own examples say that a pattern finds, and what it ignores."""
    tag = tagger_for(None).record
    for pattern in load_patterns().patterns:
        for examples, name in ((pattern.finds, pattern.name), (pattern.ignores, "")):
            for example in examples:
                records = [record_of(number, message, tag) for number, message in enumerate(example.messages)]
                yield words_of(turns(records)), name


def vocabulary(texts: Sequence[frozenset[str]]) -> list[str]:
    """Words that stand in enough of the texts."""
    count = Counter(word for words in texts for word in words)
    return sorted(word for word, times in count.items() if times >= SEEN)


def features(texts: Sequence[frozenset[str]], words: Sequence[str]) -> Any:
    """A row for each text: its known words, as they are scaled in use."""
    place = {word: at for at, word in enumerate(words)}
    met = np.zeros((len(texts), len(words)))
    for row, text in zip(met, texts, strict=True):
        row[[place[word] for word in text if word in place]] = 1.0
        row *= scale(int(row.sum()))
    return met


def learnt(met: Any, wanted: Any) -> Any:
    """Weights of a logistic regression, by steps of Adam from nought."""
    weights = np.zeros((met.shape[1], wanted.shape[1]))
    slope, size = np.zeros_like(weights), np.zeros_like(weights)
    for step in range(1, ROUNDS + 1):
        said = met @ weights
        likely = np.exp(said - said.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        gradient = met.T @ (likely - wanted) / len(met) + DECAY * weights
        slope = 0.9 * slope + 0.1 * gradient
        size = 0.99 * size + 0.01 * gradient**2
        weights -= RATE * (slope / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.99**step)) + 1e-6)
    return weights


if __name__ == "__main__":
    main()
