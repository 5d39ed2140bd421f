"""What the pages show of the tool: real output of commands, real files of the fixtures. Made here, never typed.

A comment in a page says what stands under it, in the next fenced block (or, for `page:`, in the next picture):

    <!-- output: patterns run gang_data_sharing; citing gang detail.mbox -->   the finding that cites this, best first
    <!-- output: patterns run; lines 8 -->                                     the first lines of what is printed
    <!-- file: RELEASE/FILE > MEMBER; message 2; lines 9 -->                   a mail of a mailbox, as it stands there
    <!-- page: RELEASE/FILE.pdf; number 4; top 0.4 -->                         a page of a PDF, its upper part
"""

from __future__ import annotations

import contextlib
import io
import os
import re
import shlex
import tempfile
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

ROOT = Path(__file__).resolve().parents[1]
RELEASES = ROOT / "fixtures" / "releases"
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md"), *(ROOT / "fixtures").rglob("README.md")])
SHOWN = re.compile(r"<!-- (output|file): ([^\n]+?) -->\n+```\w*\n(.*?)```", re.S)
PICTURED = re.compile(r"<!-- page: ([^\n]+?) -->\n+!\[[^\]]*\]\(([^)]+)\)")


class NotShown(Exception):
    """What a page promises to show isn't there."""


@dataclass(frozen=True)
class Demo:
    """A corpus of the fixtures' releases."""

    corpus: Path

    def run(self, line: str) -> str:
        """What the command prints, in this process.

        Raises:
            NotShown: the command found nothing, or failed.
        """
        from corpus_search.cli.app import app

        out = io.StringIO()
        arguments = ["--corpus", str(self.corpus), *shlex.split(line)]
        try:
            with contextlib.redirect_stdout(out), contextlib.redirect_stderr(io.StringIO()):
                code = app(arguments, standalone_mode=False)
        except Exception as error:
            raise NotShown(f"corpus-search {line}: {type(error).__name__}: {error}") from error
        if code:
            raise NotShown(f"corpus-search {line}: exit code {code}")
        return out.getvalue()


@contextlib.contextmanager
def demo() -> Iterator[Demo]:
    """The corpus of README's first command, in a folder of its own, read in this process."""
    from corpus_search.workflows.ingest import Request, ingest

    with tempfile.TemporaryDirectory() as folder, mock.patch.dict(os.environ, XDG_STATE_HOME=f"{folder}/state"):
        corpus = Path(folder) / "demo"
        ingest(Request(corpus, tuple(sorted(RELEASES.iterdir())), make_executor=lambda: ThreadPoolExecutor(1)))
        yield Demo(corpus)


def refreshed(page: str, made: Demo) -> str:
    """The page with its blocks as they are today.

    Raises:
        NotShown: a block can't be made.
    """

    def block(match: re.Match[str]) -> str:
        kind, wanted, old = match.groups()
        new = _output(wanted, made) if kind == "output" else _message(wanted)
        start = match.start(3) - match.start()
        return match.group()[:start] + new.rstrip() + "\n" + match.group()[start + len(old) :]

    return SHOWN.sub(block, page)


def draw_pictures(page: Path) -> None:
    """Draw the pictures of a page: parts of released PDFs, as a reader sees them."""
    import pypdfium2

    for wanted, target in PICTURED.findall(page.read_text(encoding="utf-8")):
        file, number, top = re.fullmatch(r"(.+); number (\d+); top ([\d.]+)", wanted).groups()  # type: ignore[union-attr]
        with contextlib.closing(pypdfium2.PdfDocument(RELEASES / file)) as document:
            picture = document[int(number) - 1].render(scale=1.25, grayscale=True).to_pil()
        picture.crop((0, 0, picture.width, int(picture.height * float(top)))).save(page.parent / target, optimize=True)


def _output(wanted: str, made: Demo) -> str:
    command, _, how = wanted.partition("; ")
    printed = made.run(command)
    if how.startswith("citing "):
        return _citing(printed, how.removeprefix("citing "), command)
    if how.startswith("lines "):
        return _first_lines(printed, int(how.removeprefix("lines ")))
    return printed


def _citing(printed: str, cited: str, command: str) -> str:
    """The best finding that cites a place, whole, and how many others there are."""
    findings = [one for one in re.split(r"\n\n+", printed.strip()) if one.strip()]
    for finding in findings:
        if cited in finding:
            others = len(findings) - 1
            note = f"\n\n({others} other finding{'s' * (others > 1)} of this pattern left out here)" if others else ""
            return finding + note
    raise NotShown(f"corpus-search {command}: no finding cites {cited!r}")


def _first_lines(text: str, number: int) -> str:
    lines = text.rstrip().split("\n")
    rest = len(lines) - number
    return "\n".join(lines[:number]) + (f"\n[… {rest} more line{'s' * (rest > 1)}]" if rest > 0 else "")


def _message(wanted: str) -> str:
    """A mail as it stands in a mailbox or a file of its own."""
    name, message, lines = re.fullmatch(r"(.+?); message (\d+); lines (\d+)", wanted).groups()  # type: ignore[union-attr]
    path, _, member = name.partition(" > ")
    if member:
        with zipfile.ZipFile(RELEASES / path) as archive:
            data = archive.read(member)
    else:
        data = (RELEASES / path).read_bytes()
    mails = re.split(r"^From MAILER-DAEMON .*\n", data.decode(), flags=re.M)
    mail = mails[int(message)] if len(mails) > 1 else mails[0]
    return _first_lines(mail, int(lines))


def stale(made: Demo) -> Iterator[str]:
    """Pages that do not show what they would show today; searches written in them that find nothing in the fixtures."""
    for page in PAGES:
        name, text = page.relative_to(ROOT), page.read_text(encoding="utf-8")
        try:
            if refreshed(text, made) != text:
                yield f"{name} is not what the program prints today: run python docs/refresh.py"
        except NotShown as error:
            yield f"{name}: {error}"
        for line in re.findall(
            r"corpus-search (?:--corpus \S+ )?(search '[^']+'(?: --(?:sort|limit) \w+| --json)*)", text
        ):
            try:
                made.run(line)
            except NotShown as error:
                yield f"{name}: {error}"


def main() -> None:
    """Rewrite every page whose blocks are not as they would be made today; draw the pictures."""
    with demo() as made:
        for page in PAGES:
            before = page.read_text(encoding="utf-8")
            after = refreshed(before, made)
            if after != before:
                page.write_text(after, encoding="utf-8", newline="\n")
                print(f"refreshed {page.relative_to(ROOT)}")
            draw_pictures(page)


if __name__ == "__main__":
    main()
