"""What tests of the tagging pass share: finders are slow to make, so each is made once."""

from __future__ import annotations

import pytest

from corpus_search.tagging.agencies import AgencyFinder


@pytest.fixture(scope="session")
def agencies() -> AgencyFinder:
    return AgencyFinder()
