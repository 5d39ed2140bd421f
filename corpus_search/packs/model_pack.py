"""Whether a researcher wants people and organisations tagged by the statistical model (`model.yaml`)."""

from __future__ import annotations

from pathlib import Path

from corpus_search.packs.yaml_lines import Faults, load_yaml, mapping, read_text, text_of

MODEL = "model.yaml"


def wants_model(own: Path | None) -> bool:
    """Whether the researcher's folder asks for it: `people_and_organisations: true`.

    Raises:
        PackError: every fault of the file, as file:line.
    """
    file = own / MODEL if own else None
    if file is None or not file.is_file():
        return False
    faults = Faults(str(file))
    keys = ("people_and_organisations",)
    top = mapping(load_yaml(read_text(file), file), faults, keys, keys)
    answer = text_of(top.get(keys[0]), faults)
    if keys[0] in top and answer not in ("true", "false"):
        faults.add(top[keys[0]], f"{keys[0]}: {answer!r} is neither true nor false")
    faults.settle()
    return answer == "true"
