"""The command line: argument → one workflow → print → exit code."""


def main() -> None:
    """Run the command line."""
    raise SystemExit("not built yet")
