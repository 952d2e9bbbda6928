"""Bad input of 48 kinds, as many variants of each as wanted, the same for the same seed.

A kind is a function that makes one variant: it returns the bytes of a file and its extension, or makes
what it needs in a folder itself. What must come of it stands in ``KINDS``: "text" if every sentence must be read,
"some" if an article must come out, "none" if none may, "any" if only the account must be right.
"""

from __future__ import annotations

import os
import random
import threading
import time
import unicodedata
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from . import samples

Maker = Callable[[random.Random, str], bytes]
SEEDS = Path(__file__).parents[2] / "seeds"


@cache
def sentences() -> tuple[str, ...]:
    """Sentences of the seed articles as they were printed, without characters that a repair would change."""
    text = "".join(
        (SEEDS / name).read_text("utf-8") for name in sorted(os.listdir(SEEDS)) if name[:3] in ("000", "003")
    )
    pieces = {piece.strip() for line in text.splitlines() for piece in line.split("。")}
    usual = (
        p
        for p in pieces
        if 25 <= len(p) <= 120 and p.isprintable() and not set(p) & set(" \u3000#*[]()（）…~{}")
    )
    return tuple(
        sorted(p + "。" for p in usual if p[0] >= "一" and unicodedata.normalize("NFKC", p[-1]) == p[-1])
    )


def article(rng: random.Random) -> str:
    return "\n".join("".join(rng.sample(sentences(), 3)) for _ in range(rng.randint(4, 10)))


def traditional(text: str) -> str:
    from opencc import OpenCC

    return OpenCC("s2t").convert(text)


def page(rng: random.Random, text: str, before: str = "", after: str = "") -> bytes:
    body = "".join(f"<p>{line}</p>\n" for line in text.split("\n"))
    return f"<!DOCTYPE html><html><head><meta charset=utf-8></head><body>{before}{body}{after}</body></html>".encode()


def deep(depth: int) -> Maker:
    def make(rng: random.Random, text: str) -> bytes:
        tag = rng.choice(["div", "span", "section", "b"])
        return page(rng, text, f"<{tag}>" * depth, f"</{tag}>" * (depth if rng.random() < 0.5 else 0))

    return make


def encoded(name: str, errors: str = "strict") -> Maker:
    return lambda rng, text: text.encode(name, errors)


def seven_bit(rng: random.Random, text: str) -> bytes:
    return text.replace("—", "").replace("·", "").encode("hz", "ignore")


def rare(rng: random.Random, text: str) -> bytes:
    chars = [chr(rng.randrange(0x3400, 0x4DB0)) for _ in range(10)] + [
        chr(rng.randrange(0x20000, 0x2A000)) for _ in range(10)
    ]
    return (text + "\n" + "生僻字：" + "".join(chars) + "。\n" + text).encode("gb18030")


def mojibake(times: int) -> Maker:
    def make(rng: random.Random, text: str) -> bytes:
        wrong = rng.choice(["latin-1", "gb18030"] if times == 1 else ["latin-1"])
        for _ in range(times):
            text = text.encode().decode(wrong, "replace")
        return text.encode()

    return make


def mixed(rng: random.Random, text: str) -> bytes:
    lines = text.split("\n")
    cut = rng.randrange(1, len(lines))
    both = ["utf-8", "gb18030"]
    rng.shuffle(both)
    return "\n".join(lines[:cut]).encode(both[0]) + b"\n" + "\n".join(lines[cut:]).encode(both[1])


def overlong(rng: random.Random, text: str) -> bytes:
    data = text.encode()
    for _ in range(5):
        at = rng.randrange(len(data))
        data = (
            data[:at]
            + rng.choice([b"\xc0\x80", b"\xc1\xbf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf"])
            + data[at:]
        )
    return data


def cesu(rng: random.Random, text: str) -> bytes:
    face = "\U0001f600".encode("utf-16-be")
    halves = b"".join(
        chr(int.from_bytes(face[i : i + 2], "big")).encode("utf-8", "surrogatepass") for i in (0, 2)
    )
    return (text + "\n").encode() + halves + text.encode()


def declared(rng: random.Random, text: str) -> bytes:
    wrong, real = rng.choice(
        [("gb2312", "utf-8"), ("utf-8", "gb18030"), ("big5", "gb18030"), ("iso-8859-1", "utf-8")]
    )
    head = f'<html><head><meta http-equiv="Content-Type" content="text/html; charset={wrong}"></head><body>'
    return (head + "".join(f"<p>{line}</p>" for line in text.split("\n")) + "</body></html>").encode(real)


def scattered(what: Sequence[str], count: int) -> Maker:
    def make(rng: random.Random, text: str) -> bytes:
        chars = list(text)
        for _ in range(count):
            chars.insert(rng.randrange(len(chars)), rng.choice(what))
        return "".join(chars).encode("utf-8", "surrogatepass")

    return make


def one_line(rng: random.Random, text: str) -> bytes:
    line = text.replace("\n", "").encode()
    return line * (rng.randint(48, 52) * 1_000_000 // len(line))


def repeats(rng: random.Random, text: str) -> bytes:
    unit = rng.choice(
        [
            "哈",
            "县、",
            "（",
            "“",
            "电商",
            "2020年",
            "12 . ",
            "曹县大集镇",
            "?shù)",
            "農(nóng)村",
            "1,",
            " 好",
            "##",
            "。\n",
            "*好*",
            "[好](",
            "]",
        ]
    )
    return (unit * (1_000_000 // len(unit)) + "\n" + text).encode()


def attributes(rng: random.Random, text: str) -> bytes:
    form = rng.choice(["a{}=1 ", "a{}='x' ", 'a{}="x" ', "a{} ", "={} ", '"{}" '])
    return page(rng, text, "<p " + "".join(form.format(i) for i in range(200_000)) + ">")


def unclosed(rng: random.Random, text: str) -> bytes:
    tags = "".join(
        rng.choice(["<div>", "<b>", "<li>", "<td>", "<a href=x>", "<p", "<", "</", "<font '", '<i "'])
        for _ in range(5_000)
    )
    return page(rng, text, after=tags)


def tables(rng: random.Random, text: str) -> bytes:
    depth = rng.randint(500, 5_000)
    return page(rng, text, "<table><tr><td>" * depth, "</td></tr></table>" * depth)


def many(what: Sequence[str], count: int) -> Maker:
    return lambda rng, text: page(rng, text, after=rng.choice(what) * count)


def bad_references(rng: random.Random, text: str) -> bytes:
    bad = [
        "&#xD800;",
        "&#0;",
        "&#99999999999;",
        "&#x110000;",
        "&#-5;",
        "&#x;",
        "&;",
        "&#128;",
        "&notanentity;",
        "&#xFFFF;",
    ]
    return page(rng, text, after="".join(rng.choices(bad, k=20_000)))


def script_only(rng: random.Random, text: str) -> bytes:
    return f"<html><head><script>var a='{text[:50].splitlines()[0]}'</script></head><body></body></html>".encode()


def frames(rng: random.Random, text: str) -> bytes:
    return (
        "<html><head><title>电商</title></head><frameset cols='20%,80%'>"
        + "<frame src='a.html'>" * rng.randint(1, 50)
        + "</frameset></html>"
    ).encode()


def refresh(rng: random.Random, text: str) -> bytes:
    port = rng.randint(1, 9999)
    return f"<html><head><meta http-equiv=refresh content='0;url=http://127.0.0.1:{port}/'></head><body></body></html>".encode()


def truncated_pdf(rng: random.Random, text: str) -> bytes:
    data = samples.pdf([samples.wrapped(text, 32)])
    return data[: rng.randrange(20, len(data))]


def random_pdf(rng: random.Random, text: str) -> bytes:
    data = bytearray(samples.pdf([samples.wrapped(text, 32)]))
    for _ in range(rng.randint(1, 200)):
        data[rng.randrange(9, len(data))] = rng.randrange(256)
    return bytes(data) if rng.random() < 0.7 else b"%PDF-1.7\n" + rng.randbytes(5_000)


def pdf_bomb(rng: random.Random, text: str) -> bytes:
    size = rng.choice([50, 200, 400]) * 1_000_000
    packer = zlib.compressobj(9)
    piece = rng.choice([b"0 0 m ", b" ", b"BT (a) Tj ET ", b"q "]) * 100_000
    packed = b"".join(packer.compress(piece) for _ in range(size // len(piece))) + packer.flush()
    stream = b"<</Length %d/Filter/FlateDecode>>stream\n%s\nendstream" % (len(packed), packed)
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 3 0 R>>"
    return samples.pdf_of(
        [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Count 1/Kids[4 0 R]>>", stream, page]
    )


def cyclic_pdf(rng: random.Random, text: str) -> bytes:
    count = rng.choice([1, 3, 1_000, 2_000_000_000])
    kids = rng.choice([b"2 0 R", b"2 0 R 3 0 R", b"3 0 R 3 0 R"])
    return samples.pdf_of(
        [
            b"<</Type/Catalog/Pages 2 0 R>>",
            b"<</Type/Pages/Count %d/Kids[%s]>>" % (count, kids),
            b"<</Type/Pages/Parent 2 0 R/Kids[2 0 R]/Count 1>>",
        ]
    )


def locked_pdf(rng: random.Random, text: str) -> bytes:
    secret = rng.randbytes(32).hex().encode()
    return samples.pdf(
        [samples.wrapped(text, 32)],
        b"/Encrypt<</Filter/Standard/V 1/R 2/O<%s>/U<%s>/P -4>>/ID[<00><00>]" % (secret, secret),
    )


def empty_pdf(rng: random.Random, text: str) -> bytes:
    return samples.pdf([[]] * rng.randint(1, 30))


def link_loop(rng: random.Random, folder: Path) -> None:
    folder.mkdir()
    (folder / "loop").symlink_to(folder if rng.random() < 0.5 else ".")
    (folder / "self").symlink_to("self")


def escaping_link(rng: random.Random, folder: Path) -> None:
    folder.mkdir()
    (folder / "out.txt").symlink_to(
        rng.choice(["/etc/passwd", "../../../../../etc/hosts", "/", "/dev/zero", "missing"])
    )


def fifo(rng: random.Random, folder: Path) -> None:
    folder.mkdir()
    os.mkfifo(folder / f"pipe{rng.choice(['.txt', '.pdf', ''])}")


def unreadable(rng: random.Random, folder: Path) -> None:
    folder.mkdir()
    (folder / "closed.txt").write_text(article(rng), "utf-8")
    (folder / "closed.txt").chmod(0)


def undecodable_name(rng: random.Random, folder: Path) -> None:
    folder.mkdir()
    name = "电商".encode("gbk") + rng.randbytes(4).replace(b"/", b"x").replace(b"\0", b"y") + b".txt"
    with open(os.fsencode(folder) + b"/" + name, "wb") as file:
        file.write(article(rng).encode())


def line_break_name(rng: random.Random, folder: Path) -> None:
    folder.mkdir()
    odd = rng.choice(["\n", "\r", "\t", "\x1b[2J"])
    (folder / f"a{odd}b.txt").write_text(article(rng), "utf-8")


def changing(rng: random.Random, folder: Path) -> None:
    """A file that grows for a second."""
    folder.mkdir()
    path = folder / "growing.txt"
    path.write_text(article(rng), "utf-8")
    until = time.monotonic() + 1
    more = article(rng)

    def grow() -> None:
        while time.monotonic() < until and path.exists():
            with path.open("a", encoding="utf-8") as file:
                file.write(more)
            time.sleep(0.002)

    threading.Thread(target=grow, daemon=True).start()


@dataclass(frozen=True, slots=True)
class Kind:
    outcome: str
    extension: str = ".txt"
    make: Maker | None = None
    arrange: Callable[[random.Random, Path], None] | None = None


def _kinds() -> dict[str, Kind]:
    html, pdf = ".html", ".pdf"
    return {
        "gbk": Kind("text", make=encoded("gbk")),
        "rare-gb18030": Kind("text", make=rare),
        "big5": Kind("some", make=lambda rng, text: traditional(text).encode("big5", "ignore")),
        "hz": Kind("some", make=seven_bit),
        "utf-16-le": Kind("text", make=encoded("utf-16-le")),
        "utf-16-be": Kind("text", make=encoded("utf-16-be")),
        "utf-16-bom": Kind("text", make=encoded("utf-16")),
        "utf-8-bom": Kind("text", make=encoded("utf-8-sig")),
        "mojibake": Kind("some", make=mojibake(1)),
        "double-mojibake": Kind("text", make=mojibake(2)),
        "mixed": Kind("text", make=mixed),
        "cut": Kind("some", make=lambda rng, text: text.encode()[: -rng.randint(1, 2)]),
        "overlong": Kind("some", make=overlong),
        "cesu": Kind("text", make=cesu),
        "declared": Kind("text", html, declared),
        "replacement": Kind("some", make=scattered("\ufffd", 300)),
        "empty": Kind("none", make=lambda rng, text: b""),
        "white-space": Kind(
            "none", make=lambda rng, text: bytes(rng.choices(b" \t\r\n\f", k=rng.randint(1, 9999)))
        ),
        "nul": Kind("some", make=lambda rng, text: text.encode() + b"\0" * rng.randint(1, 100_000)),
        "ansi": Kind("text", make=lambda rng, text: text.replace("\n", "\x1b[0m\n\x1b[31;1m").encode()),
        "bidi": Kind("text", make=scattered("\u202e\u200b\u200f\u2066\ufeff", 200)),
        "astral": Kind(
            "text", make=lambda rng, text: (text + "\n" + "𠀀😀🀄𝒜" * rng.randint(1, 500)).encode()
        ),
        "nfd": Kind(
            "text", make=lambda rng, text: (unicodedata.normalize("NFD", "é가の") + "\n" + text).encode()
        ),
        "one-line": Kind("none", make=one_line),
        "repeats": Kind("any", make=repeats),
        "random": Kind("none", make=lambda rng, text: b"\x81" + rng.randbytes(rng.randint(50, 50_000))),
        "depth-255": Kind("text", html, lambda rng, text: deep(rng.choice([254, 255, 256]))(rng, text)),
        "depth-2048": Kind("text", html, deep(2_048)),
        "depth-100000": Kind("text", html, deep(100_000)),
        "attributes": Kind("some", html, attributes),
        "unclosed": Kind("some", html, unclosed),
        "tables": Kind("text", html, tables),
        "ampersands": Kind("text", html, many(["&", "&amp", "&#", "&lt;", "&x;"], 500_000)),
        "references": Kind("text", html, bad_references),
        "comment": Kind("text", html, many(["<!--", "<!-- -", "<!", "<![CDATA["], 1_000)),
        "script-only": Kind("none", html, script_only),
        "frameset": Kind("none", html, frames),
        "javascript": Kind(
            "text",
            html,
            many(["<a href='javascript:x()'>打开</a>", "<a href=JavaScript:void(0)>大</a>"], 500),
        ),
        "refresh": Kind("none", html, refresh),
        "pdf-truncated": Kind("any", pdf, truncated_pdf),
        "pdf-random": Kind("any", pdf, random_pdf),
        "pdf-bomb": Kind("none", pdf, pdf_bomb),
        "pdf-cyclic": Kind("none", pdf, cyclic_pdf),
        "pdf-locked": Kind("none", pdf, locked_pdf),
        "pdf-pictures": Kind("none", pdf, empty_pdf),
        "links": Kind(
            "none", arrange=lambda rng, folder: rng.choice([link_loop, escaping_link, fifo])(rng, folder)
        ),
        "names": Kind(
            "some", arrange=lambda rng, folder: rng.choice([undecodable_name, line_break_name])(rng, folder)
        ),
        "unreadable-or-changing": Kind(
            "any", arrange=lambda rng, folder: rng.choice([unreadable, changing])(rng, folder)
        ),
    }


KINDS = _kinds()


def build(root: Path, variants: int, kinds: Sequence[str] = tuple(KINDS)) -> dict[str, str]:
    """Make the battery in ``root`` and return the text that stands behind each file that a kind wrote."""
    texts: dict[str, str] = {}
    for kind in kinds:
        folder = root / kind
        folder.mkdir()
        for number in range(variants):
            rng = random.Random(f"{kind} {number}")
            how = KINDS[kind]
            if how.make:
                text = article(rng)
                name = f"{number:02}{how.extension}"
                (folder / name).write_bytes(how.make(rng, text))
                texts[f"{kind}/{name}"] = text
            elif how.arrange:
                how.arrange(rng, folder / f"{number:02}")
    return texts


def files(root: Path) -> list[str]:
    """Return the name that reading must give an account of for everything in ``root`` that is no folder."""
    from kg.reading.discover import printable

    found = []
    for folder, folders, names in os.walk(root):  # follows no links
        links = [name for name in folders if os.path.islink(os.path.join(folder, name))]
        below = os.path.relpath(folder, root)
        found += [printable(name if below == "." else os.path.join(below, name)) for name in names + links]
    return found
