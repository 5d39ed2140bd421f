"""Senders and recipients → agencies, with the evidence: address, Exchange path, display name, signature."""

from corpus_search.tagging.parties.resolver import PartyResolver

__all__ = ["PartyResolver"]
