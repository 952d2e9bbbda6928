"""Measure reading: pages a second beside trafilatura, memory over many files, and the battery of bad input.

    python benchmarks/reading.py pages     throughput on HTML pages, beside trafilatura.extract, in one run
    python benchmarks/reading.py memory    memory of all processes over 10,000 files
    python benchmarks/reading.py battery   960 bad inputs with the default limits

They need the extra ``benchmarks``: pip install -c constraints.txt -e ".[benchmarks]".

The pages are the seed articles in three layouts that news sites use, with menus, lists of other
articles and scripts, 10 to 400 kB each. Both sides get the same bytes, in turns, in one process; reading
in workers stands below, with the time to start them.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from kg import reading  # noqa: E402
from kg.model import Article, Skipped  # noqa: E402
from kg.reading.article import read_article  # noqa: E402

_ROUNDS = 5


def pages() -> list[bytes]:
    """Return 60 pages: five articles, three layouts, four weights of what surrounds them."""
    found: list[bytes] = []
    texts = [item.text for item in reading.read([ROOT / "seeds"]) if isinstance(item, Article)]
    rng = random.Random(0)
    for text in texts:
        title, *lines = text.split("\n")
        for layout in ("portal", "paper", "blog"):
            for weight in (10, 60, 200, 500):
                links = "".join(
                    f'<li class="item"><a href="https://news.example/{i}.html" target="_blank" title="{title}">'
                    f"{rng.choice(lines)[:18]}</a><span>2020-0{i % 9 + 1}-11</span></li>\n"
                    for i in range(weight)
                )
                script = (
                    "<script>window.site=window.site||{};site.load(function(){return 1});</script>\n" * weight
                )
                body = "".join(f"<p style='text-indent:2em'>　　{line}</p>\n" for line in lines)
                main = {
                    "portal": f'<div class="main-content"><h1>{title}</h1><div id="artibody">{body}</div></div>',
                    "paper": f"<table><tr><td><div>{title}</div></td></tr><tr><td>{body}</td></tr></table>",
                    "blog": f"<article><header><h1>{title}</h1></header><section>{body}</section></article>",
                }[layout]
                found.append(
                    f'<!DOCTYPE html><html lang="zh"><head><meta charset="utf-8"><title>{title}_新闻网</title>{script}'
                    f'</head><body><div class="nav"><ul>{links}</ul></div>{main}'
                    f'<div class="related"><ul>{links}</ul></div><p class="footer">版权</p></body></html>'.encode()
                )
    return found


def measure_pages() -> None:
    import trafilatura

    data = pages()
    size = sum(map(len, data))
    print(f"{len(data)} pages, {size / len(data) / 1000:.0f} kB on average")
    sides: dict[str, Callable[[bytes], object]] = {
        "kg.reading": lambda page: read_article("page.html", page),
        "trafilatura.extract": trafilatura.extract,
    }
    spent = dict.fromkeys(sides, 0.0)
    for extract in sides.values():
        extract(data[0])
    for _ in range(_ROUNDS):
        for name, extract in sides.items():
            begun = time.perf_counter()
            for page in data:
                extract(page)
            spent[name] += time.perf_counter() - begun
    for name, seconds in spent.items():
        print(
            f"{name:20} {_ROUNDS * len(data) / seconds:7.1f} pages/s {_ROUNDS * size / seconds / 1e6:6.2f} MB/s"
        )
    print(f"ratio {spent['trafilatura.extract'] / spent['kg.reading']:.2f} (at least 0.90 is wanted)")
    with tempfile.TemporaryDirectory() as folder:
        for number in range(10 * len(data)):
            Path(folder, f"{number:04}.html").write_bytes(data[number % len(data)])
        for workers in (1, 2):
            reading.close()
            begun = time.perf_counter()
            count = sum(isinstance(item, Article) for item in reading.read([folder], workers=workers))
            print(f"with {workers} worker(s): {count / (time.perf_counter() - begun):.1f} pages/s")


def measure_memory() -> None:
    import psutil

    text = "近日，曹县大集镇与阿里巴巴集团签订合作框架协议，共建农村电商产业园。\n" * 40
    with tempfile.TemporaryDirectory() as folder:
        for number in range(10_000):
            inside = Path(folder, f"{number // 1000}")
            inside.mkdir(exist_ok=True)
            (inside / f"{number:05}.txt").write_text(f"第{number}号。{text}", "utf-8")
        this = psutil.Process()
        print("files  parent MB  workers MB")
        begun = time.perf_counter()
        for number, _ in enumerate(reading.read([folder]), 1):
            if number in (100, 1_000, 2_500, 5_000, 7_500, 10_000):
                below = sum(child.memory_info().rss for child in this.children())
                print(f"{number:6} {this.memory_info().rss / 1e6:9.1f} {below / 1e6:10.1f}")
        print(f"{10_000 / (time.perf_counter() - begun):.0f} files/s")


def measure_battery(variants: int = 20) -> None:
    sys.path.insert(0, str(ROOT / "tests"))
    from reading import battery  # type: ignore[import-not-found]

    outcomes: Counter[str] = Counter()
    slowest: list[tuple[float, str]] = []
    found = 0
    for kind in battery.KINDS:
        with tempfile.TemporaryDirectory() as name:
            folder = Path(name)
            battery.build(folder, variants, [kind])
            files = Counter(battery.files(folder))
            found += files.total()
            begun = time.perf_counter()
            items = list(_timed(reading.read([folder]), slowest, kind))
            outcomes.update("built" if isinstance(item, Article) else item.kind for item in items)
            outcomes["crashed"] += sum("crashed" in getattr(item, "reason", "") for item in items)
            outcomes["over 20 s"] += sum(
                "more than 20 seconds" in getattr(item, "reason", "") for item in items
            )
            outcomes["unaccounted for"] += sum(
                abs(files[name] - count) for name, count in Counter(item.name for item in items).items()
            ) + sum(name not in {item.name for item in items} for name in files)
            print(f"{kind:24} {len(items):4} {time.perf_counter() - begun:6.1f} s", flush=True)
    print(f"{found} files found;", ", ".join(f"{count} {name}" for name, count in sorted(outcomes.items())))
    print("longest waits:", ", ".join(f"{seconds:.1f} s {kind}" for seconds, kind in sorted(slowest)[-5:]))


def _timed(
    items: Iterator[Article | Skipped], slowest: list[tuple[float, str]], kind: str
) -> Iterator[Article | Skipped]:
    begun = time.perf_counter()
    for item in items:
        slowest.append((time.perf_counter() - begun, kind))
        yield item
        begun = time.perf_counter()


if __name__ == "__main__":
    benchmarks = {"pages": measure_pages, "memory": measure_memory, "battery": measure_battery}
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("what", choices=benchmarks)
    benchmarks[parser.parse_args().what]()
