"""The command line: argument → one workflow → print → exit code. One file a command; heavy imports only where used."""

from __future__ import annotations

import gc
import io
import os
import signal
import sys
from pathlib import Path

from corpus_search.errors import CorpusSearchError, ExitCode, QueryError

INTERRUPTED = 130  # what the command-line library makes of Ctrl-C


def main() -> None:
    """Run the command line; whatever goes wrong, a message that helps and an exit code, never a traceback."""
    gc.set_threshold(50_000, 20, 50)  # records are many and form no cycles: looking for some costs more than it frees
    _ready_streams()
    try:
        from corpus_search.cli.app import app  # here, so that the guard below covers its import

        code = app(prog_name="corpus-search", standalone_mode=False)
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # all is done: a Ctrl-C that comes now stopped nothing
        sys.stdout.flush()
    except BrokenPipeError:
        _leave_quietly()
    except SystemExit as end:  # the command-line library's own way with a closed pipe
        if isinstance(end.__context__, BrokenPipeError):
            _leave_quietly()
        raise
    except KeyboardInterrupt:
        _leave(_stopped())
    except QueryError as error:
        _say(str(error) + _pointer(error))
        _leave(error.exit_code)
    except CorpusSearchError as error:
        _say(str(error))
        _leave(error.exit_code)
    except Exception as error:  # noqa: BLE001 - the last guard: see `_unexpected`
        _leave(_unexpected(error))
    else:
        _leave(_stopped() if code == INTERRUPTED else code if isinstance(code, int) else ExitCode.DONE)


def _ready_streams() -> None:
    """Data are UTF-8 whatever the locale; what can't be said in it is escaped; a stream that is closed is empty."""
    nothing = Path(os.devnull)
    sys.stdin = sys.stdin or nothing.open(encoding="utf-8")
    sys.stdout = sys.stdout or nothing.open("w", encoding="utf-8")
    sys.stderr = sys.stderr or nothing.open("w", encoding="utf-8")
    if isinstance(sys.stdout, io.TextIOWrapper):
        encoding = None if sys.stdout.isatty() else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")


def _stopped() -> int:
    _say("stopped; nothing stored is lost: run the same command to go on")
    return ExitCode.COULD_NOT


def _unexpected(error: Exception) -> int:
    """Usage errors of the command-line library show themselves; anything else is our own fault, and says so."""
    if isinstance(error.__cause__ or error.__context__, KeyboardInterrupt):
        return _stopped()
    show = getattr(error, "show", None)
    if show is not None:
        show()
        return int(getattr(error, "exit_code", ExitCode.COULD_NOT))
    if type(error).__name__ == "Abort":
        _say("no answer was given, so nothing was done (--yes answers beforehand)")
        return ExitCode.COULD_NOT
    if isinstance(error, UnicodeEncodeError):
        _say("what was typed holds bytes that are not UTF-8; look at how the terminal or script writes it")
        return ExitCode.COULD_NOT
    if isinstance(error, OSError):
        _say(f"{error.strerror or error}{': ' + str(error.filename) if error.filename else ''}")
        return ExitCode.COULD_NOT
    if os.environ.get("CORPUS_SEARCH_DEBUG"):
        raise error
    _say(
        f"a fault of corpus-search itself ({type(error).__name__}: {error}); what was stored is whole. "
        "Set CORPUS_SEARCH_DEBUG=1 to see where, and please report it"
    )
    return ExitCode.COULD_NOT


def _pointer(error: QueryError) -> str:
    """The query with a caret under the place, where the error knows it."""
    if not error.query or "\n" in error.query:
        return ""
    return f"\n  {error.query}\n  {' ' * error.start}{'^' * max(1, error.end - error.start)}"


def _say(text: str) -> None:
    from corpus_search.cli.output import plain  # names of files and releases may hold anything

    print(f"corpus-search: {plain(text)}", file=sys.stderr)


def _leave_quietly() -> None:
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    _leave(ExitCode.DONE)


def _leave(code: int) -> None:
    sys.exit(int(code))
