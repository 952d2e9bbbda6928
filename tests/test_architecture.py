"""Rules that hold for the whole code: who imports whom, how long a file is, where words stand."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "kg").rglob("*.py"))
DATA = sorted(path for path in (ROOT / "kg").rglob("*") if path.suffix in {".yaml", ".tsv", ".txt"})
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LONGEST = 300  # lines
_HAN = r"[\u2e80-\u2fdf\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
_WORDS = 3  # so many Chinese words in a row are a word list, which belongs in a data file
_RUN = re.compile(rf"{_HAN}+(?:[\s|,;/、，]+{_HAN}+){{{_WORDS - 1},}}")
_HAN_IN_STRING = 40


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def test_imports_run_one_way() -> None:
    script = Path(sys.executable).parent / "lint-imports"
    run = subprocess.run([script, "--no-cache"], cwd=ROOT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout + run.stderr


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_modules_are_short(path: Path) -> None:
    assert len(path.read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_words_stand_in_data_files(path: Path) -> None:
    assert list(_word_lists(ast.parse(path.read_text("utf-8")))) == []


@pytest.mark.parametrize("path", DATA, ids=name)
def test_data_files_name_source_and_licence(path: Path) -> None:
    if path.parent.name == "LICENSES":
        pytest.skip("the text of a licence")
    lines = path.read_text("utf-8").splitlines()
    header = "\n".join(line for line in lines[:20] if line.startswith("#")).lower()
    assert "source:" in header and re.search(r"licen[cs]e:", header), "\n".join(lines[:3])


def test_the_check_for_words() -> None:
    def found(code: str) -> bool:
        return bool(list(_word_lists(ast.parse(code))))

    assert found("A = ['县', '市', '区']")
    assert found("A = frozenset(('县', '市', '区'))")
    assert found("A = {'县': 1, '市': 2, '区': 3}")
    assert found("A = {1: '县', 2: '市', 3: '区'}")
    assert found("A = '县|市|区|" + "镇" * 40 + "'")
    assert found("A = '县 市 区'.split()")
    assert found("A = r'(?:在|于|到)\\d+'")
    assert not found("A = r'\\d+年\\d+月|[一二三四五六]日|到|\\d'")
    assert not found("'''Docstring of " + "字" * 50 + "'''\nA = ['县', '市']  # 县市区")
    assert not found("A = '《' + name + '》'; B = '。！？'")


def _word_lists(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Yield line and text of what looks like a list of Chinese words, docstrings apart."""
    told = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        match node:
            case ast.List(elts=items) | ast.Tuple(elts=items) | ast.Set(elts=items):
                groups = [items]
            case ast.Dict(keys=keys, values=values):
                groups = [[key for key in keys if key], values]
            case ast.Constant(value=str(text)) if id(node) not in told:
                if len(re.findall(_HAN, text)) > _HAN_IN_STRING or _RUN.search(text):
                    yield node.lineno, text
                continue
            case _:
                continue
        for group in groups:
            texts = [item.value for item in group if isinstance(item, ast.Constant)]
            if sum(isinstance(text, str) and _is_word(text) for text in texts) >= _WORDS:
                yield node.lineno, str(texts)


def _is_word(text: str) -> bool:
    return bool(re.search(_HAN, text))


def test_every_requirement_has_an_exact_version() -> None:
    lines = (ROOT / "constraints.txt").read_text("utf-8").splitlines()
    pins = [
        re.fullmatch(r"([A-Za-z0-9._-]+)==[0-9][A-Za-z0-9.+!]*", line) for line in lines if line[:1] != "#"
    ]
    pinned = {_canonical(pin[1]) for pin in pins if pin}
    assert len(pinned) == len(pins)
    wanted = _required(PROJECT["dependencies"], *PROJECT["optional-dependencies"].values())
    assert wanted - {PROJECT["name"]} <= pinned


def test_every_import_is_a_requirement() -> None:
    sources = packages_distributions()
    undeclared = {}
    for path in MODULES:
        for top in _imported(ast.parse(path.read_text("utf-8"))) - {"kg", *sys.stdlib_module_names}:
            packages = {_canonical(package) for package in sources.get(top, [top])}
            if not packages & _required(PROJECT["dependencies"]):
                undeclared[name(path)] = top
    assert undeclared == {}


def _required(*lists: list[str]) -> set[str]:
    return {_canonical(re.split(r"[\[<>=! ]", wish)[0]) for wishes in lists for wish in wishes}


def _imported(tree: ast.Module) -> set[str]:
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            found |= {alias.name.partition(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module.partition(".")[0])
    return found


def _canonical(package: str) -> str:
    return re.sub(r"[-_.]+", "-", package).lower()
