"""Whether a mail was sent to a list or by a machine: then it is evidence of what was sent out, not of a talk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from corpus_search.model import Party
from corpus_search.sources.headers import Headers

_LIST_FIELDS: Final = ("list-id", "list-unsubscribe", "list-post", "mailing-list", "x-mailing-list", "feedback-id")
_MACHINE: Final = re.compile(
    r"(?:^|[._+-])(?:no[._-]?reply|do[._-]?not[._-]?reply|donotreply|mailer-daemon|postmaster|bounces?|notifications?"
    r"|alerts?-noreply|newsletter|listserv|majordomo)(?:$|[._+@-])",
    re.IGNORECASE,
)


def is_bulk(headers: Headers, sender: Party | None, recipients: Sequence[Party]) -> bool:
    """By the fields that lists and machines set, a sender that takes no answers, or recipients kept hidden."""
    names = {name for name, _ in headers.fields}
    if names & set(_LIST_FIELDS):
        return True
    if (headers.text("precedence") or "").lower() in ("bulk", "list", "junk"):
        return True
    if (headers.text("auto-submitted") or "no").split(";")[0].strip().lower() != "no":
        return True
    if "x-auto-response-suppress" in names and "all" in (headers.text("x-auto-response-suppress") or "").lower():
        return True
    if sender is not None and sender.address and _MACHINE.search(sender.address.split("@")[0][:200]):
        return True
    return not recipients and "undisclosed" in (headers.text("to") or "").lower()
