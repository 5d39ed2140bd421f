"""Checks that the docs are true: commands documented, links there, outputs as printed, nothing of anybody's machine."""

from __future__ import annotations

import re
import sys

import typer.main
from refresh import PAGES, ROOT, demo, stale

from corpus_search.cli.app import app

MACHINE = re.compile(r"/(?:work|root|home/\w+|Users/\w+|tmp/\w+)/\S*")


def main() -> None:
    """Print every fault; exit 1 where there is one."""
    with demo() as made:
        faults = [*_commands(), *_links(), *_files(), *_machines(), *stale(made)]
    for fault in faults:
        print(fault)
    print(f"docs: {len(PAGES)} pages, {len(faults)} faults")
    sys.exit(bool(faults))


def _commands() -> list[str]:
    """Commands that README does not name, or that have no help or no example."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    top = typer.main.get_command(app)
    faults = []
    for name, command in top.commands.items():  # type: ignore[attr-defined]
        if f"`{name}" not in readme and f" {name} " not in readme:
            faults.append(f"README.md does not name the command {name}")
        inner = getattr(command, "commands", {})
        for full, one in [(name, command), *((f"{name} {sub}", two) for sub, two in inner.items())]:
            if not one.help:
                faults.append(f"{full} has no help")
            elif not hasattr(one, "commands") and "corpus-search" not in one.help:
                faults.append(f"the help of {full} has no example")
    return faults


def _links() -> list[str]:
    """Links to files that are not there."""
    faults = []
    for page in PAGES:
        targets = re.findall(r"\]\((?!https?://|#)([^)#]+)", page.read_text(encoding="utf-8"))
        gone = [target for target in targets if not (page.parent / target).exists()]
        faults += [f"{page.relative_to(ROOT)} links to {target}, which is not there" for target in gone]
    return faults


def _files() -> list[str]:
    """Files of the project that a page names and that are not there."""
    rooms = [ROOT, ROOT / "corpus_search"]
    faults = []
    for page in PAGES:
        named = re.findall(r"`((?:\w+/)+\w+\.(?:py|sql))`", page.read_text(encoding="utf-8"))
        gone = [file for file in named if not any((room / file).exists() for room in (*rooms, page.parent))]
        faults += [f"{page.relative_to(ROOT)} names {file}, which is not there" for file in gone]
    return faults


def _machines() -> list[str]:
    """Paths of somebody's machine."""
    return [
        f"{page.relative_to(ROOT)} names {found.group()}"
        for page in PAGES
        for found in MACHINE.finditer(page.read_text(encoding="utf-8"))
    ]


if __name__ == "__main__":
    main()
