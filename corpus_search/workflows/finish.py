"""What depends on the whole corpus, after reading: links between messages, people recognised, the index."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import closing
from functools import partial
from pathlib import Path
from typing import Final

from corpus_search.conversations.facts import Links
from corpus_search.conversations.link import link
from corpus_search.errors import CorpusSearchError
from corpus_search.store import Store
from corpus_search.tagging.people import PeopleBook, is_domain
from corpus_search.workflows.indexing import refresh
from corpus_search.workflows.pool import Lost, Pool, process_pool
from corpus_search.workflows.progress import Progress

LINKED_AT = "linked_at"  # the generation of the corpus that links and people were last made for
FEW: Final = 20_000  # messages that are linked in this process: of more, another gives its memory back in the end


class NotLinked(CorpusSearchError):
    """Messages could not be linked into conversations."""


def finish(store: Store, *, workers: int, progress: Progress) -> None:
    """Link messages, recognise people and refresh the index, where anything changed since it was last done.

    Raises:
        NotLinked, IndexNotWritten: a process that was to do it came to an end.
    """
    if store.meta(LINKED_AT) != str(store.generation()):
        progress.begin("link", 0, 0)
        links = _links(store)
        with store.transaction():
            store.write_links(links)
            del links
            _recognise_people(store)
            store.set_meta(LINKED_AT, str(store.generation()))
        progress.end()
    refresh(store, workers=workers, progress=progress)


def links_of(corpus: Path) -> Mapping[int, Links]:
    """The links of all messages of a corpus, by row number."""
    with Store.open_to_read(corpus) as store:
        return link(store.link_facts(), store.own_texts)


def _links(store: Store) -> Mapping[int, Links]:
    if len(store.all_numbers()) <= FEW:
        return link(store.link_facts(), store.own_texts)
    make = partial(process_pool, 1, most_memory=None)  # what it takes grows with the corpus, and so does the time
    pool: Pool[Path, Mapping[int, Links]] = Pool(make, links_of, 1, most_seconds=None)
    with closing(pool):
        ((_, links),) = pool.run(iter([store.corpus]))
    if isinstance(links, Lost):
        raise NotLinked(f"the messages of {store.corpus} could not be linked ({links.why}); run: corpus-search update")
    return links


def _recognise_people(store: Store) -> None:
    """Find the agencies of people who are known from elsewhere in the corpus."""
    people = PeopleBook.load(store.corpus / "packs")
    parties = list(store.party_facts())
    for party in parties:
        people.add(party.name, party.address, party.agency, party.groups)
    known = {}
    for party in parties:
        if party.agency is None:
            found = people.resolve(party.name, party.address)
        elif is_domain(party.agency):
            found = people.named(party.address, party.agency)
        else:
            continue
        if found is not None:
            known[party.message, party.field, party.position] = found
    store.write_known_people(known)
