"""Learns what words tell of patterns from the open labelled conversations and the packs' own examples.

python benchmarks/patterns/learn.py    writes corpus_search/packs/data/patterns/wording.tsv

One logistic regression over the patterns and none of them. The same file every time. Run it again when open
conversations are added; those kept unseen are never read.
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
from descent import lowest
from score import LABELLED, ROOT, _name

from corpus_search.packs.pattern_loading import load_patterns
from corpus_search.patterns.examples import record_of
from corpus_search.patterns.sides import turns
from corpus_search.patterns.wording import scale, words_of
from corpus_search.store import Store
from corpus_search.workflows.finding import conversations
from corpus_search.workflows.work import tagger_for

TO = ROOT / "corpus_search" / "packs" / "data" / "patterns" / "wording.tsv"
SEEN = 3  # conversations that a word must stand in
HELD_DOWN = 1e-5  # what large weights cost: a hundred times more or less knows unseen conversations worse
ROUNDS = 150
LEAST = 0.04  # weights nearer to nought are left out
Example = tuple[frozenset[str], str]  # its words, and the pattern ("" for none)


def main() -> None:
    """Learn, and write the weights."""
    known = [*labelled(), *of_packs()]
    words = vocabulary([words for words, _ in known])
    names = sorted({pattern for _, pattern in known})  # "", for none, comes first
    wanted = np.array([[float(pattern == name) for name in names] for _, pattern in known])
    weights = learnt(features([each for each, _ in known], words), wanted)
    lines = ["\t".join(["word", *names[1:]])]
    for word, row in zip(words, weights, strict=True):
        kept = [f"{weight * 100:.0f}" if abs(weight) >= LEAST else "" for weight in row[1:] - row[0]]
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
    """Weights of words of a logistic regression.

    There are fewer texts than words, so it is solved in the coordinates of the texts and brought back to the words.
    """
    sizes, axes = np.linalg.eigh(met @ met.T)
    kept = sizes > 1e-8 * sizes[-1]
    axes, stretch = axes[:, kept], np.sqrt(sizes[kept])
    place = axes * stretch

    def cost(weights: Any) -> tuple[float, Any]:
        weights = weights.reshape(place.shape[1], -1)
        said = place @ weights
        likely = np.exp(said - said.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        loss = -(wanted * np.log(likely + 1e-12)).sum() / len(met) + HELD_DOWN / 2 * (weights**2).sum()
        return float(loss), (place.T @ (likely - wanted) / len(met) + HELD_DOWN * weights).ravel()

    found = lowest(cost, np.zeros(place.shape[1] * wanted.shape[1]), ROUNDS).reshape(place.shape[1], -1)
    return met.T @ (axes / stretch @ found)


if __name__ == "__main__":
    main()
