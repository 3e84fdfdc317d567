"""The page travels with the package."""

from __future__ import annotations

import re

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder
from installed import ROOT
from served import STATIC


@pytest.mark.parametrize(("builder", "folder"), [(WheelBuilder, "whowhom"), (SdistBuilder, "src/whowhom")])
def test_a_package_has_the_built_page(builder: type, folder: str) -> None:
    if not (STATIC / "index.html").exists():
        pytest.skip("the page is not built: run make desk (it needs Node.js and npm)")
    packed = {one.distribution_path for one in builder(str(ROOT)).recurse_included_files()}
    files = [one.relative_to(STATIC).as_posix() for one in STATIC.rglob("*") if one.is_file()]
    built = {f"{folder}/serve/static/{name}" for name in files}
    assert built <= packed
    assert not [one for one in packed if "node_modules" in one]


def test_the_page_asks_nothing_of_another_host() -> None:
    if not (STATIC / "index.html").exists():
        pytest.skip("the page is not built: run make desk (it needs Node.js and npm)")
    page = (STATIC / "index.html").read_text(encoding="utf-8")
    assert re.findall(r"(?:src|href)=\"(?!/)[^\"]*", page) == []
    for style in STATIC.rglob("*.css"):
        assert not re.findall(r"url\(\s*['\"]?(?:https?:)?//", style.read_text(encoding="utf-8")), style


def test_the_lock_file_of_the_page_names_no_address() -> None:
    assert '"resolved"' not in (ROOT / "web" / "package-lock.json").read_text(encoding="utf-8")
