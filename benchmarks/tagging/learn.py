"""Learns what words tell of the acts of look-ups from the labelled sentences and messages that are open.

    python benchmarks/tagging/learn.py               writes corpus_search/packs/data/lookups_reading.tsv
    python benchmarks/tagging/learn.py --apart       what it would be worth for writers that it does not know: learnt
                                                     without one writer, then tried on that writer's sentences, each in turn

A logistic regression over the words that acts are made of: none, asking, doing, answering. The packs know most of these
sentences by heart; so that it does not learn to trust them more than strangers can, `fixtures/labelled/before.jsonl`
holds what they found in each before they had learned from it. Signs are left out by chance while it learns. The same
file every time. What is kept unseen is never read.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from score import LABELLED, Score, items, unmatched

from corpus_search.packs.lookup_pack import load_lookups
from corpus_search.packs.lookup_reading import FILE, HEAD, Reading, read_reading
from corpus_search.tagging.covering import covered
from corpus_search.tagging.found import Found
from corpus_search.tagging.lookups import LookupFinder
from corpus_search.tagging.lookups.evidence import Evidence, Words
from corpus_search.tagging.lookups.reading import ACTS, Passage, Said
from corpus_search.tagging.lookups.second import SecondOpinion
from corpus_search.tagging.tagger import Tagger

TO = Path(__file__).parents[2] / "corpus_search" / "packs" / "data" / FILE
FILES = ("sentences/open", "sentences/more", "sentences/fresh", "sentences/taught", "messages/open", "messages/more")
SEEN = 2  # words about which a sign must stand
ROUNDS, RATE, DECAY = 60, 0.03, 0.3
LEFT_OUT = 0.5  # share of signs that are left out by chance in each round
ALONE = 0.5  # share of texts from which it learns without what the packs say of them
EACH = 15  # words of a usual sentence
LEAST = 0.08  # weights nearer to nought are left out
HEAD_SHARE = 0.03  # share of a word's uses in acts from which acts are made of it
IN_ANY_MAIL = frozenset({"phone", "case", "credential"})
# Who wrote what: the first number of each, from which its own run on.
PACKS = "packs"
WRITERS = {1: "A", 5001: "B", 5241: "C", 5401: "D", 6001: "E", 8001: "T"}


@dataclass(frozen=True, slots=True)
class Text:
    """A labelled text as the tool reads it: with what the packs said, without, and the act of each word (0 for none)."""

    writer: str
    passage: Passage
    alone: Passage
    wanted: tuple[int, ...]
    text: str
    hidden: str
    said: tuple[Said, ...]
    labels: tuple[dict[str, Any], ...]


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--apart", action="store_true", help="try it on each writer, learnt without that one")
    chosen = options.parse_args()
    texts = [*labelled(), *of_packs()]
    if chosen.apart:
        tried(texts)
        return
    table = written(texts)
    TO.write_text(table, encoding="utf-8")
    print(f"{len(texts)} texts, {table.count(chr(10))} lines, {len(table) // 1000} kB")


def labelled() -> Iterator[Text]:
    """The open texts."""
    before = {row["id"]: row["said"] for row in items(LABELLED / "before.jsonl")}
    tagger = Tagger.load()
    for name in FILES:
        for item in items(LABELLED / f"{name}.jsonl"):
            found, _ = tagger.explain(item["text"])
            hidden = covered(item["text"], [known for tag in found if (known := _cover(tag)) is not None])
            said: list[Said] = [(start, end, act, needs) for start, end, act, needs in before[item["id"]]]
            passage = Passage(hidden, said)
            labels = tuple(one for one in item["tags"] if one["kind"] == "lookup" and one["groups"][0] in ACTS)
            wanted = tuple(_wanted(passage, labels))
            alone = Passage(hidden, [])
            yield Text(writer(item["id"]), passage, alone, wanted, item["text"], hidden, tuple(said), labels)


def of_packs() -> Iterator[Text]:
    """What the packs' own examples say, as the packs alone read them: words only, not that the packs are right."""
    pack = load_lookups()
    tagger, finder = Tagger.load(), LookupFinder(pack, reading=Reading())
    for text in dict.fromkeys(text for act in pack.acts for text in act.finds):
        tags, _ = tagger.explain(text)
        hidden = covered(text, [known for tag in tags if (known := _cover(tag)) is not None])
        things = [
            Found(tag.kind, tag.value, tag.groups, tag.start, tag.end, "", "")
            for tag in tags
            if tag.kind != "lookup" and _cover(tag) is not None
        ]
        acts = [one for one in finder.find(text, "", things).found if one.groups[0] in ACTS]
        labels = tuple({"start": one.start, "end": one.end, "groups": one.groups} for one in acts)
        passage = Passage(hidden, [])
        yield Text(PACKS, passage, passage, tuple(_wanted(passage, labels)), text, hidden, (), labels)


def _cover(tag: Any) -> tuple[int, int, str] | None:
    """What covers a tag: plates, identifying numbers, agencies and systems are one word each."""
    if tag.kind in ("plate", "agency"):
        return tag.start, tag.end, tag.kind
    if tag.kind == "identifier" and IN_ANY_MAIL.isdisjoint(tag.groups):
        return tag.start, tag.end, "plate"
    return (tag.start, tag.end, "system") if "system" in tag.groups else None


def _wanted(passage: Passage, labels: Sequence[dict[str, Any]]) -> Iterator[int]:
    """The number of the act that each word is of, 0 for none."""
    acts = [(one["start"], one["end"], ACTS.index(one["groups"][0]) + 1) for one in labels]
    for word in passage.words:
        at = [act for start, end, act in acts if word.start < end and start < word.end and word.text[0] != "<"]
        yield at[0] if at else 0


def writer(number: str) -> str:
    """Who wrote an item."""
    return WRITERS[max(first for first in WRITERS if first <= int(number[1:]))]


def tried(texts: Sequence[Text]) -> None:
    """Print what it is worth on each writer's acts where it was learnt from the others only."""
    pack = load_lookups()
    words = Words.of(pack)
    known = {(act.act, act.needs): act.id for act in pack.acts}
    for who in sorted({text.writer for text in texts} - {PACKS}):
        reading = read_reading(written([text for text in texts if text.writer != who]))
        before, after = Score(), Score()
        second = SecondOpinion(reading, pack)
        for text in texts:
            if text.writer != who:
                continue

            def evidence(text: Text = text) -> Evidence:
                return Evidence(words, text.text, text.hidden, "", [], [])

            acts = [
                Found("lookup", act, (act,), start, end, known.get((act, needs), ""), "")
                for start, end, act, needs in text.said
            ]
            count(before, text, acts)
            count(after, text, list(second.on(text.hidden, acts, evidence, [])))
        print(f"{who} the packs alone     {before.line()}\n{who} with what was learnt {after.line()}")


def count(score: Score, text: Text, acts: Sequence[Found]) -> None:
    """Count a text's acts as right, wrong or missed, by overlap."""
    tags = [{"start": one.start, "end": one.end, "groups": one.groups} for one in acts]
    wrong, missed = unmatched(text.labels, tags, "lookup", "overlap")
    score.right += len(text.labels) - len(missed)
    score.wrong += len(wrong)
    score.missed += len(missed)


def written(texts: Sequence[Text]) -> str:
    """The weights learnt from texts, as the file holds them."""
    chance = np.random.default_rng(5)
    signs: list[list[str]] = []
    wanted: list[int] = []
    words: Counter[str] = Counter()
    within: Counter[str] = Counter()
    for text in texts:
        passage = text.alone if chance.random() < ALONE else text.passage
        signs += (sorted(set(passage.signs(at))) for at in range(len(passage.words)))
        wanted += text.wanted
        words.update(word.text for word in passage.words)
        within.update(word.text for word, act in zip(passage.words, text.wanted, strict=True) if act)
    seen = Counter(sign for each in signs for sign in each)
    names = sorted(sign for sign, times in seen.items() if times >= SEEN)
    weights = learnt([[sign for sign in each if seen[sign] >= SEEN] for each in signs], names, np.array(wanted), chance)
    heads = sorted(word for word in within if within[word] >= HEAD_SHARE * words[word] and word[0].isalpha())
    lines = ["\t".join(HEAD), f"heads\t{' '.join(heads)}"]
    for name, each in zip(names, weights, strict=True):
        kept = [f"{weight * 100:.0f}" if abs(weight) >= LEAST else "" for weight in each]
        if any(kept):
            lines.append("\t".join([name, *kept]))
    return "\n".join(lines) + "\n"


def learnt(signs: Sequence[Sequence[str]], names: Sequence[str], wanted: Any, chance: Any) -> Any:
    """Weights of each act against none, by steps of Adam from nought."""
    place = {name: at for at, name in enumerate(names)}
    which = np.array([place[sign] for each in signs for sign in each])
    begins = np.concatenate([[0], np.cumsum([len(each) for each in signs])[:-1]])
    row = np.repeat(np.arange(len(signs)), [len(each) for each in signs])
    order = np.argsort(which, kind="stable")
    first = np.searchsorted(which[order], np.arange(len(names)))
    weights = np.zeros((len(names), len(HEAD)), dtype=np.float32)
    slope, size = np.zeros_like(weights), np.zeros_like(weights)
    target = np.eye(len(HEAD), dtype=np.float32)[wanted]
    for step in range(1, ROUNDS + 1):
        met = ((chance.random(len(which)) >= LEFT_OUT) / (1 - LEFT_OUT)).astype(np.float32)[:, None]
        said = np.add.reduceat(weights[which] * met, begins, axis=0)
        likely = np.exp(said - said.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        wrong = (likely - target)[row[order]] * met[order]
        gradient = (np.add.reduceat(wrong, first, axis=0) + DECAY * weights) * EACH / len(signs)
        slope = 0.9 * slope + 0.1 * gradient
        size = 0.99 * size + 0.01 * gradient**2
        rate = RATE if step < 0.6 * ROUNDS else 0.3 * RATE
        weights -= rate * (slope / (1 - 0.9**step)) / (np.sqrt(size / (1 - 0.99**step)) + 1e-5)
    return weights[:, 1:] - weights[:, :1]


if __name__ == "__main__":
    main()
