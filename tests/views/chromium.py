"""A headless Chromium, driven over its debugging pipe, so that tests see what a page really does."""

from __future__ import annotations

import base64
import json
import os
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--no-default-browser-check",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-dev-shm-usage",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
# The browser reads commands from descriptor 3 and answers on 4. Both are copied out of the way first.
_LAUNCH = """
import fcntl, os, sys
ends = [fcntl.fcntl(int(end), fcntl.F_DUPFD, 20) for end in sys.argv[1:3]]
os.dup2(ends[0], 3)
os.dup2(ends[1], 4)
os.execv(sys.argv[3], sys.argv[3:])
"""
_LIMIT = 20.0  # seconds for one answer


def binary() -> str | None:
    """Return the path of an installed Chromium or Chrome, or None."""
    names = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
    return next(filter(None, map(shutil.which, names)), None)


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """Run a browser with a fresh profile and yield its one page."""
    commands, results = os.pipe(), os.pipe()
    ends = (str(commands[0]), str(results[1]))
    process = subprocess.Popen(
        [
            sys.executable,
            "-c",
            _LAUNCH,
            *ends,
            str(binary()),
            *FLAGS,
            f"--user-data-dir={profile}",
            "about:blank",
        ],
        pass_fds=(commands[0], results[1]),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(commands[0])
    os.close(results[1])
    try:
        yield Page(commands[1], results[0])
    finally:
        process.kill()
        process.wait()
        os.close(commands[1])
        os.close(results[0])


class Page:
    """One tab. ``events`` are all notifications of the browser since the last ``open``."""

    def __init__(self, commands: int, results: int) -> None:
        self._commands, self._results = commands, results
        self._buffer = b""
        self._number = 0
        self._session: str | None = None
        self.events: list[dict[str, Any]] = []
        targets = self.call("Target.getTargets")["targetInfos"]
        target = next(info["targetId"] for info in targets if info["type"] == "page")
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self.call(f"{domain}.enable")

    def call(self, method: str, **parameters: Any) -> dict[str, Any]:
        """Send one command and return its result. Raises RuntimeError if the browser refuses it."""
        self._number += 1
        message = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._receive()
            if answer.get("id") == self._number:
                if "error" in answer:
                    raise RuntimeError(f"{method}: {answer['error']}")
                return answer["result"]
            self.events.append(answer)

    def open(self, address: str, width: int = 1280, height: int = 800, ready: str = "true") -> None:
        """Go to an address and wait until the expression ``ready`` is true there."""
        self.call(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=width < 600,
        )
        self.call("Page.navigate", url="about:blank")
        self.events.clear()
        self.call("Page.navigate", url=address)
        self.wait(
            f"location.href === {json.dumps(address)} && document.readyState === 'complete' && ({ready})"
        )

    def wait(self, expression: str) -> None:
        """Return once the expression is true. Raises TimeoutError."""
        until = time.monotonic() + _LIMIT
        while not self.run(expression):
            if time.monotonic() > until:
                raise TimeoutError(f"still not true: {expression}; the page said {self.complaints()}")
            time.sleep(0.05)

    def run(self, expression: str) -> Any:
        """Return the value of a JavaScript expression. Raises RuntimeError with its exception."""
        answer = self.call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True)
        if "exceptionDetails" in answer:
            raise RuntimeError(str(answer["exceptionDetails"].get("exception", answer["exceptionDetails"])))
        return answer["result"].get("value")

    def press(self, key: str, text: str = "") -> None:
        """Press and release one key."""
        self.call("Input.dispatchKeyEvent", type="keyDown", key=key, text=text)
        self.call("Input.dispatchKeyEvent", type="keyUp", key=key)

    def mouse(self, x: float, y: float, click: bool = False) -> None:
        """Move the mouse, and click there if asked."""
        self.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
        if click:
            for event in ("mousePressed", "mouseReleased"):
                self.call("Input.dispatchMouseEvent", type=event, x=x, y=y, button="left", clickCount=1)

    def screenshot(self) -> bytes:
        """Return the visible page as PNG."""
        return base64.b64decode(self.call("Page.captureScreenshot", format="png")["data"])

    def complaints(self) -> list[str]:
        """Return what stood in the console, and exceptions that nothing caught, since ``open``."""
        found = []
        for event in self.events:
            details = event.get("params", {})
            if event.get("method") == "Runtime.consoleAPICalled":
                found.append(
                    " ".join(str(one.get("value", one.get("description"))) for one in details["args"])
                )
            elif event.get("method") == "Runtime.exceptionThrown":
                found.append(str(details["exceptionDetails"]))
            elif event.get("method") == "Log.entryAdded":
                found.append(details["entry"]["text"])
        return found

    def requests(self) -> list[str]:
        """Return the addresses that the page asked for since ``open``."""
        sent = (event for event in self.events if event.get("method") == "Network.requestWillBeSent")
        return [event["params"]["request"]["url"] for event in sent]

    def _receive(self) -> dict[str, Any]:
        until = time.monotonic() + _LIMIT
        while b"\0" not in self._buffer:
            readable, _, _ = select.select([self._results], [], [], max(until - time.monotonic(), 0))
            part = os.read(self._results, 1 << 16) if readable else b""
            if not part:
                raise TimeoutError("the browser gives no answer")
            self._buffer += part
        message, _, self._buffer = self._buffer.partition(b"\0")
        return json.loads(message)
