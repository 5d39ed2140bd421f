"""Workers on other machines: a Dask cluster whose workers see the released files under the same names."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Executor, Future
from typing import Any

from corpus_search.errors import CorpusSearchError, PartMissing


class NoScheduler(CorpusSearchError):
    """No Dask scheduler answers at the address."""


def cluster_pool(address: str) -> Callable[[], Executor]:
    """A maker of executors on the cluster of a scheduler ("tcp://host:port").

    A worker that dies has its jobs done again by the scheduler; the same code runs as on one machine.

    Raises:
        PartMissing: the extra `cluster` is not installed.
        NoScheduler: nobody answers there.
    """
    try:
        from distributed import Client
    except ImportError as error:
        message = 'reading on a cluster needs an extra: pip install "corpus-search[cluster]"'
        raise PartMissing(message) from error

    def make() -> Executor:
        try:
            client = Client(address, timeout="10s")
        except (OSError, ValueError) as error:
            raise NoScheduler(
                f"no Dask scheduler answers at {address} ({error}); start one with: dask scheduler"
            ) from error
        return _ClusterExecutor(client)

    return make


class _ClusterExecutor(Executor):
    """Dask's executor, whose connection is closed with it."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self._inner = client.get_executor(pure=False, retries=3)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Give a job to the cluster."""
        future: Future[Any] = self._inner.submit(fn, *args, **kwargs)
        return future

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let the cluster go; its workers stay."""
        del cancel_futures  # Dask cancels what nobody waits for
        self._inner.shutdown(wait=wait)
        self._client.close()
