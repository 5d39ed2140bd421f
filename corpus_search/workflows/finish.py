"""What depends on the whole corpus, after reading: links between messages, people recognised, the index."""

from __future__ import annotations

from corpus_search.conversations.link import link
from corpus_search.store import Store
from corpus_search.tagging.people import PeopleBook, is_domain
from corpus_search.workflows.indexing import refresh
from corpus_search.workflows.progress import Progress

LINKED_AT = "linked_at"  # the generation of the corpus that links and people were last made for


def finish(store: Store, *, workers: int, progress: Progress) -> None:
    """Link messages, recognise people and refresh the index, where anything changed since it was last done."""
    if store.meta(LINKED_AT) != str(store.generation()):
        progress.begin("link", 0, 0)
        with store.transaction():
            link_all(store)
            store.set_meta(LINKED_AT, str(store.generation()))
        progress.end()
    refresh(store, workers=workers, progress=progress)


def link_all(store: Store) -> None:
    """Make links and recognise people over the whole corpus."""
    store.write_links(link(store.link_facts(), store.own_texts))
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
