"""How long `patterns run` takes on a big corpus in which few conversations show anything.

python benchmarks/patterns/speed.py FOLDER [--messages 200000] [--planted 0.01]

FOLDER keeps the mail and the corpus: run again, it only measures. Ordinary mail is made up of local chatter, a tenth of
it naming immigration in passing; the planted conversations are the open labelled ones, over and over.
"""

from __future__ import annotations

import argparse
import json
import random
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

LABELLED = Path(__file__).resolve().parents[2] / "fixtures" / "labelled" / "conversations" / "open.jsonl"
CHATTER = (
    "Can you cover my shift on Friday? I have the dentist at two.",
    "Report 19-3321 is in your tray, the DA wants the supplement by Monday.",
    "The copier on two is out of toner again.",
    "Reminder: timesheets are due. Thanks to all who turned theirs in.",
    "RP called back, the bike was in the garage the whole time. Closing it.",
    "We are short for the parade detail, two more would do.",
)
PASSING = (
    "Somebody at the desk asked about immigration again, I sent them to the legal aid list.",
    "ICE has the conference room on Tuesday for the regional meeting, use the other one.",
)


def main() -> None:
    """Make what is not there, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--messages", type=int, default=200_000)
    parser.add_argument("--planted", type=float, default=0.01, help="share of the conversations")
    arguments = parser.parse_args()
    folder: Path = arguments.folder
    tool = [sys.executable, "-m", "corpus_search", "--corpus", str(folder / "corpus")]
    if not (folder / "corpus").exists():
        folder.mkdir(parents=True, exist_ok=True)
        made = make(folder / "mail.mbox", arguments.messages, arguments.planted)
        print(f"{made[0]} messages in {made[1]} conversations, {made[2]} planted")
        subprocess.run([*tool, "ingest", str(folder / "mail.mbox")], check=False)
    for run in ("cold", "warm"):
        begun = time.perf_counter()
        done = subprocess.run([*tool, "patterns", "run", "--json"], check=False, capture_output=True, text=True)
        print(f"{run}: {time.perf_counter() - begun:.1f} s, {len(done.stdout.splitlines())} findings")


def make(file: Path, messages: int, share: float) -> tuple[int, int, int]:
    """Write the mail; returns messages, conversations, planted ones."""
    chance = random.Random(7)
    planted = [json.loads(line) for line in LABELLED.read_text(encoding="utf-8").splitlines()]
    planted = [one for one in planted if one["expect"]]
    begin = datetime(2017, 1, 1, tzinfo=UTC)
    written = conversations = sown = 0
    with file.open("w", encoding="utf-8") as out:
        while written < messages:
            conversations += 1
            when = begin + timedelta(minutes=13 * conversations)
            if chance.random() < share:
                sown += 1
                mails = [(m["from"], m["to"][0], m["subject"], m["body"]) for m in chance.choice(planted)["messages"]]
            else:
                people = chance.sample(range(400), 2)
                names = [f"Staff {n} <staff{n}@harborcitypd.org>" for n in people]
                text = [chance.choice(PASSING if chance.random() < 0.1 else CHATTER) for _ in range(2)]
                mails = [(names[n % 2], names[1 - n % 2], f"note {conversations}", text[n]) for n in range(2)]
            for number, (sender, reader, subject, body) in enumerate(mails):
                address = f"{conversations}.{number}@bench.example"
                reply = f"In-Reply-To: <{conversations}.{number - 1}@bench.example>\n" if number else ""
                date = format_datetime(when + timedelta(minutes=number))
                out.write(f"From x Tue Mar  6 08:00:00 2018\nFrom: {sender}\nTo: {reader}\nDate: {date}\n{reply}")
                out.write(f"Subject: {subject}\nMessage-ID: <{address}>\n\n{body}\n\n")
                written += 1
    return written, conversations, sown


if __name__ == "__main__":
    main()
