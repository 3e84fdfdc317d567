"""Where things stand on the screen, and what lies on something else."""

from __future__ import annotations

from itertools import combinations

from playwright.sync_api import Page

Box = tuple[float, float, float, float]
_BOXES = "all => all.map(one => { const b = one.getBoundingClientRect(); return [b.left, b.top, b.right, b.bottom]; })"
_SLACK = 1.0
"""Pixels: the box of a text is somewhat higher than its letters."""


def boxes(page: Page, selector: str) -> list[Box]:
    """Left, top, right and bottom of everything that is selected."""
    return [(one[0], one[1], one[2], one[3]) for one in page.eval_on_selector_all(selector, _BOXES)]


def overlapping(page: Page, selector: str) -> list[str]:
    """Pairs of texts that lie on each other."""
    texts = page.locator(selector).all_text_contents()
    found = list(zip(texts, boxes(page, selector), strict=True))
    return [
        f"{one} / {other}"
        for (one, a), (other, b) in combinations(found, 2)
        if a[0] < b[2] - _SLACK and a[2] > b[0] + _SLACK and a[1] < b[3] - _SLACK and a[3] > b[1] + _SLACK
    ]


def outside(page: Page, selector: str, stage: str) -> list[str]:
    """Texts that leave the stage."""
    (left, top, right, bottom) = boxes(page, stage)[0]
    found = zip(page.locator(selector).all_text_contents(), boxes(page, selector), strict=True)
    return [
        text
        for text, box in found
        if box[0] < left - _SLACK or box[1] < top - _SLACK or box[2] > right + _SLACK or box[3] > bottom + _SLACK
    ]
