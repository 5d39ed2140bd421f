"""The lowest point of a smooth function of many numbers, by the method L-BFGS."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np

REMEMBERED = 10  # steps from which the shape of the function is guessed
ENOUGH = 1e-6  # share by which a round must lower the function, else it is low enough


def lowest(cost: Callable[[Any], tuple[float, Any]], at: Any, rounds: int) -> Any:
    """Where the function is lowest, from `at` on; `cost` gives its value and its slope."""
    value, slope = cost(at)
    steps: list[tuple[Any, Any]] = []  # each with what it changed in the slope
    for _ in range(rounds):
        way = -_straightened(slope, steps)
        if way @ slope >= 0:
            way = -slope
        length = 1.0
        further, new = cost(at + length * way)
        while further > value + 1e-4 * length * (way @ slope) and length > 1e-8:
            length /= 2
            further, new = cost(at + length * way)
        step, change = length * way, new - slope
        at = at + step
        if step @ change > 1e-12:
            steps = [*steps[1 - REMEMBERED :], (step, change)]
        if value - further < ENOUGH * max(1.0, abs(value)):
            break
        value, slope = further, new
    return at


def _straightened(slope: Any, steps: list[tuple[Any, Any]]) -> Any:
    """The slope as if the function were equally steep in all directions, as far as the steps tell."""
    if not steps:
        return slope / max(1.0, float(np.linalg.norm(slope)))
    shares = []
    for step, change in reversed(steps):
        share = (step @ slope) / (change @ step)
        shares.append(share)
        slope = slope - share * change
    step, change = steps[-1]
    slope = slope * (step @ change) / (change @ change)
    for (step, change), share in zip(steps, reversed(shares), strict=True):
        slope = slope + step * (share - (change @ slope) / (change @ step))
    return slope
