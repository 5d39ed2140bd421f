"""Digests and the way of counting are those of the labels of print-outs, which lie with the tests of pages."""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.append(str(Path(__file__).resolve().parents[1] / "pages"))
