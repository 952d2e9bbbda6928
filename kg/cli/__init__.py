"""The command line: options in, results on standard output, everything else on standard error.

What takes long to import (spaCy, rdflib, the graph) is imported inside the commands that need it,
so that ``kg --help`` answers at once.
"""

from __future__ import annotations

import sys
from io import TextIOWrapper

import click

from kg.cli.answers import ask, entities, facts, query
from kg.cli.build import build
from kg.cli.clean import clean
from kg.cli.common import EXIT_CODES
from kg.cli.entity import entity
from kg.cli.evaluate import evaluate
from kg.cli.explain import explain
from kg.cli.export import export
from kg.cli.view import view

_EPILOG = "\b\nExit codes:\n" + "\n".join(f"  {code}  {meaning}" for code, meaning in EXIT_CODES.items())


@click.group(
    epilog=_EPILOG,
    context_settings={
        "auto_envvar_prefix": "KG",
        "help_option_names": ["-h", "--help"],
        "max_content_width": 110,
    },
)
@click.version_option(package_name="rural-ecommerce-kg", prog_name="kg")
def main() -> None:
    """Turn a folder of Chinese news on rural e-commerce into a knowledge graph, and ask it.

    Results go to standard output, progress and notes to standard error. `-` is standard input.

    \b
    Example:
      kg build seeds
      kg ask "who partnered with Alibaba when"
    """
    for stream in (sys.stdout, sys.stderr):
        # The output is the same on every system, whatever its locale says.
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")


for _command in (build, clean, ask, query, facts, entities, entity, explain, view, export, evaluate):
    main.add_command(_command)
