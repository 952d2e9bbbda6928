"""Every command explains itself with an example, and docs/cli.md tells the same."""

from __future__ import annotations

import re
import subprocess
import sys
from importlib.metadata import version

import click
import pytest

from kg.cli import main
from kg.cli.common import EXIT_CODES

from .support import ROOT, Kg

DOCS = (ROOT / "docs" / "cli.md").read_text("utf-8")
SLOW = (
    "spacy",
    "rdflib",
    "pyvis",
    "re2",
    "numpy",
    "onnxruntime",
    "pyoxigraph",
    "rich",
    "kg.graph",
    "kg.pipeline",
)


def section(name: str) -> str:
    """Return what docs/cli.md says of a command."""
    match = re.search(rf"^## kg {name}\n(.*?)(?=^## |\Z)", DOCS, re.M | re.S)
    assert match, f"docs/cli.md has no section '## kg {name}'"
    return match[1]


@pytest.mark.parametrize("name", main.commands)
def test_every_command_has_help_with_an_example(kg: Kg, name: str) -> None:
    result = kg(name, "--help")
    assert result.exit_code == 0
    assert re.search(rf"Example:\n +(.*\| )?kg {name}\b", result.stdout)
    for param in main.commands[name].params:
        if isinstance(param, click.Option):
            assert param.help, f"{param.opts} of kg {name} has no help"


@pytest.mark.parametrize("name", main.commands)
def test_every_command_stands_in_the_documentation(name: str) -> None:
    told = section(name)
    assert f"kg {name}" in told and "```" in told
    for param in main.commands[name].params:
        for option in param.opts if isinstance(param, click.Option) else ():
            assert f"`{option}" in told, f"docs/cli.md does not tell of {option} of kg {name}"


@pytest.mark.parametrize("name", main.commands)
def test_the_documentation_has_no_other_options(name: str) -> None:
    known = {option for param in main.commands[name].params for option in param.opts}
    assert set(re.findall(r"`(--[a-z-]+)", section(name))) <= known | {"--help"}


def test_the_documentation_has_no_other_commands() -> None:
    assert set(re.findall(r"^## kg (\w+)$", DOCS, re.M)) == set(main.commands)


def test_exit_codes(kg: Kg) -> None:
    shown = kg("--help").stdout
    for code, meaning in EXIT_CODES.items():
        assert f"  {code}  {meaning}\n" in shown
        assert f"| {code} | {meaning} |\n" in DOCS


def test_version(kg: Kg) -> None:
    assert kg("--version").stdout.split()[-1] == version("rural-ecommerce-kg")
    run = subprocess.run(
        [sys.executable, "-m", "kg", "--version"], capture_output=True, text=True, check=True
    )
    assert run.stdout == kg("--version").stdout


def test_unknown_command(kg: Kg) -> None:
    result = kg("bild")
    assert (result.exit_code, result.stdout) == (2, "")


@pytest.mark.parametrize("args", [["--help"], ["build", "--help"], ["query", "--help"]])
def test_help_imports_nothing_slow(args: list[str]) -> None:
    code = (
        "import sys\nfrom kg.cli import main\n"
        f"main({args!r}, standalone_mode=False)\n"
        f"print('LOADED', [name for name in {SLOW!r} if name in sys.modules])"
    )
    run = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert run.stdout.splitlines()[-1] == "LOADED []"


@pytest.mark.parametrize("name", main.commands)
def test_options_have_the_variables_that_the_documentation_names(name: str) -> None:
    shared = {
        "--graph": "KG_GRAPH",
        "--format": "KG_FORMAT",
        "--base": "KG_BASE",
        "--pipeline": "KG_PIPELINE",
        "--min-confidence": "KG_MIN_CONFIDENCE",
    }
    for option in main.commands[name].params:
        if isinstance(option, click.Option) and option.allow_from_autoenv:
            flag = option.opts[0]
            own = f"KG_{name}_{flag.lstrip('-')}".upper().replace("-", "_")
            assert (option.envvar or f"KG_{name}_{option.name}".upper()) in {own, shared.get(flag)}
