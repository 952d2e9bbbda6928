"""``kg clean``: articles in, their cleaned text and a report of what was done out, and no graph."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from kg.cli.common import NO_ARTICLE, chosen_repairs, fail, note, only_option, without_option, write_file

if TYPE_CHECKING:
    from kg.model import Article, Skipped

_UNREADABLE = "\ufffd"
_LONGEST = 200  # characters of what was left out that the report shows


@click.command()
@click.argument("paths", nargs=-1, required=True)
@click.option(
    "--out", metavar="DIR", type=click.Path(path_type=Path, file_okay=False),
    help="Write a file for each article into this folder instead of to standard output.",
)  # fmt: skip
@click.option(
    "--report", metavar="FILE", type=click.Path(path_type=Path, dir_okay=False, allow_dash=True),
    help="Write the report as JSON; - is standard output, which then has the report alone.",
)  # fmt: skip
@click.option("--diff", is_flag=True, help="Show what changed against the original instead of the text.")
@only_option
@without_option
@click.option("--quiet", is_flag=True, help="No report on standard error.")
def clean(
    paths: tuple[str, ...],
    out: Path | None,
    report: Path | None,
    diff: bool,
    only: tuple[str, ...],
    without: tuple[str, ...],
    quiet: bool,
) -> None:
    """Write the cleaned text of the articles in PATHS, folders and files.

    Standard error tells for each its encoding, its date and where that was read, and the repairs. Of
    several articles, each stands below a line with its name.

    \b
    Example:
      kg clean reprint.txt > clean.txt
      kg clean news --out cleaned --report report.json
    """
    from kg import reading
    from kg.model import Skipped

    told: list[dict[str, Any]] = []
    skipped: list[Skipped] = []
    used: set[str] = set()
    originals = _files(paths) if diff or report else {}
    for item in reading.read(paths, repairs=chosen_repairs(only, without)):
        if isinstance(item, Skipped):
            skipped.append(item)
            note(f"skipped {item.name}: {item.reason}")
            continue
        data = _original(item, originals.get(item.name))
        told.append(_record(item, data))
        if not quiet:
            _tell(item)
        text = _diff(item, data) if diff else item.text + "\n"
        if out:
            write_file(out / _file_name(item.name, used, ".diff" if diff else ".txt"), text.encode())
        elif report != Path("-"):
            _print(item.name, text, first=len(told) == 1, alone=len(paths) == 1 and Path(paths[0]).is_file())
    if report:
        _write_report(report, told, skipped)
    if not told:
        fail(f"no readable article in {', '.join(paths)}", NO_ARTICLE)


def _print(name: str, text: str, first: bool, alone: bool) -> None:
    if not (alone and first):
        click.echo(f"{'' if first else chr(10)}==> {name} <==")
    click.echo(text, nl=False)


def _files(paths: Sequence[str]) -> dict[str, str]:
    """Return the path of every file by the name that its article has; standard input is gone once it is read."""
    from kg.reading.discover import Found, files

    with ExitStack() as kept:
        found = list(files([path for path in paths if path != "-"], kept))
    return {item.name: item.path for item in found if isinstance(item, Found)}


def _original(article: Article, path: str | None) -> bytes | None:
    """Return the bytes that the article's offsets count in, None if they are not those of a file."""
    if article.layer or path is None:
        return None
    data = Path(path).read_bytes()
    return data if hashlib.sha256(data).hexdigest() == article.sha256 else None


def _record(article: Article, data: bytes | None) -> dict[str, Any]:
    """Return what the report says of an article. Offsets count bytes of the original."""
    from kg.reading.changes import removed
    from kg.reading.metadata import GUESSED_ORIGINS

    parts = None if data is None else removed(article, data)
    return {
        "name": article.name,
        "sha256": article.sha256,
        "encoding": article.encoding,
        "title": article.title,
        "source": article.source,
        "author": article.author,
        "address": article.address,
        "published": article.published,
        "published_origin": article.published_origin,
        "published_is_a_guess": article.published_origin in GUESSED_ORIGINS,
        "characters": len(article.text),
        "unreadable": article.text.count(_UNREADABLE),
        "repairs": dict(sorted(article.repairs.items())),
        "removed": parts
        and [{"start": part.start, "end": part.end, "text": part.original[:_LONGEST]} for part in parts],
    }


def _tell(article: Article) -> None:
    from kg.reading.metadata import GUESSED_ORIGINS

    guess = ", a guess" if article.published_origin in GUESSED_ORIGINS else ""
    date = f"{article.published} ({article.published_origin}{guess})" if article.published else "unknown"
    done = ", ".join(f"{name} {count}" for name, count in sorted(article.repairs.items())) or "none"
    lost = article.text.count(_UNREADABLE)
    unreadable = f"; {lost} characters cannot be read" if lost else ""
    note(f"{article.name}: {article.encoding}; date {date}; repairs: {done}{unreadable}")


def _diff(article: Article, data: bytes | None) -> str:
    from kg.reading.changes import changes

    if data is None:
        note(f"{article.name}: its original is no text file of its own; there is nothing to compare")
        return ""
    return "".join(_hunks(changes(article, data)))


def _hunks(found: Iterator[Any]) -> Iterator[str]:
    for change in found:
        yield f"@@ bytes {change.start}-{change.end} @@\n"
        yield from (f"-{line}\n" for line in change.original.splitlines() if line.strip())
        if change.cleaned:
            yield f"+{change.cleaned}\n"


def _file_name(name: str, used: set[str], suffix: str) -> Path:
    """Return a path below the folder for output: no name leads out of it, and no two are the same."""
    parts = [re.sub(r'[\x00-\x1f<>:"\\|?*]', "_", part) for part in name.split("/")]
    parts = [part for part in parts if part.strip(". ")] or ["article"]
    stem = "/".join(parts).removesuffix(suffix)
    chosen, number = stem + suffix, 2
    while chosen.casefold() in used:
        chosen, number = f"{stem} ({number}){suffix}", number + 1
    used.add(chosen.casefold())
    return Path(chosen)


def _write_report(path: Path, told: list[dict[str, Any]], skipped: Sequence[Skipped]) -> None:
    left = [{"name": item.name, "reason": item.reason, "kind": item.kind} for item in skipped]
    text = json.dumps({"articles": told, "skipped": left}, ensure_ascii=False, indent=2) + "\n"
    if path == Path("-"):
        click.echo(text, nl=False)
    else:
        write_file(path, text.encode())
