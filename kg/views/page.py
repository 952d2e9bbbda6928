"""From data to one HTML file: everything inline, nothing from an article able to run."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

_TEMPLATES = Path(__file__).parent / "templates"
_SCRIPTS = ("page.js", "picture.js", "details.js", "controls.js")
_VIS = "templates/lib/vis-9.1.2/vis-network.min.js"
# "<" could end the data block or open a comment in it; the line separators end a line in old
# script engines; a lone surrogate cannot be written as UTF-8.
_UNSAFE = re.compile("[<>&\u2028\u2029\ud800-\udfff]")


def render(data: Any, title: str) -> str:
    """Return network.html with ``data``, which must be JSON, and ``title`` in it."""
    environment = Environment(loader=FileSystemLoader(_TEMPLATES), autoescape=True, undefined=StrictUndefined)
    scripts = [_vis_network(), *(_template(name) for name in _SCRIPTS)]
    style = _template("network.css")
    return environment.get_template("network.html").render(
        title=title.encode("utf-8", "replace").decode("utf-8"),
        counts=data["counts"],
        data=Markup(as_json(data)),
        scripts=[Markup(script) for script in scripts],
        style=Markup(style),
        policy=policy(scripts, [style]),
    )


def as_json(data: Any) -> str:
    """Return JSON that can stand in a script element whatever the strings in it are."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04x}", text)


def policy(scripts: list[str], styles: list[str]) -> str:
    """Return the Content-Security-Policy that lets exactly these inline texts act, and nothing load."""
    return "; ".join(
        (
            "default-src 'none'",
            "script-src " + " ".join(map(_digest, scripts)),
            "style-src " + " ".join(map(_digest, styles)),
            "base-uri 'none'",
            "form-action 'none'",
            "require-trusted-types-for 'script'",
            "trusted-types 'none'",
        )
    )


def _digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


@cache
def _vis_network() -> str:
    """Return the vis-network library that pyvis carries, without the pointer to its source map."""
    text = files("pyvis").joinpath(_VIS).read_text("utf-8")
    return _inlined(re.sub(r"\n//# sourceMappingURL=.*", "", text), _VIS)


@cache
def _template(name: str) -> str:
    return _inlined((_TEMPLATES / name).read_text("utf-8"), name)


def _inlined(text: str, name: str) -> str:
    if re.search(r"</(?:script|style)|<!--", text, re.I):
        raise ValueError(f"{name} cannot stand inside an HTML page: it holds an end tag or a comment")
    return text
