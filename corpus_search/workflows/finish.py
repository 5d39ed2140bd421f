"""What depends on the whole corpus, after reading: links between messages, people recognised, the index."""

from __future__ import annotations

from collections.abc import Iterator

from corpus_search.conversations.facts import PartyFacts
from corpus_search.conversations.link import link
from corpus_search.store import Store
from corpus_search.tagging.people import Known, PeopleBook, is_domain
from corpus_search.workflows.indexing import refresh
from corpus_search.workflows.progress import Progress

LINKED_AT = "linked_at"  # the generation of the corpus that links and people were last made for


def finish(store: Store, *, workers: int, progress: Progress) -> None:
    """Link messages, recognise people and refresh the index, where anything changed since it was last done.

    Raises:
        IndexNotWritten: a process that was to do it came to an end.
        StorageFull: the disk is full.
    """
    if store.meta(LINKED_AT) != str(store.generation()):
        progress.begin("link", 0, 0)
        links = link(store.link_facts(), store.own_texts)
        with store.transaction():
            store.write_links(links)
            store.write_known_people(_recognised(store))
            store.set_meta(LINKED_AT, str(store.generation()))
        progress.end()
    refresh(store, workers=workers, progress=progress)


def _recognised(store: Store) -> Iterator[tuple[PartyFacts, Known]]:
    """The parties who are known from elsewhere in the corpus, with their agencies."""
    people = PeopleBook.load(store.corpus / "packs")
    for party in store.party_facts():
        people.add(party.name, party.address, party.agency, party.groups)
    for party in store.party_facts():
        if party.agency is None:
            found = people.resolve(party.name, party.address)
        elif is_domain(party.agency):
            found = people.named(party.address, party.agency)
        else:
            continue
        if found is not None:
            yield party, found
