"""A page in headless Chromium, driven over a pipe: what it shows, what it says on its console, whom it asks.

Chromium takes commands on file descriptor 3 and answers on 4 (`--remote-debugging-pipe`), one JSON document a message,
each ended by a zero byte. Nothing but the loopback address can be reached.
"""

from __future__ import annotations

import base64
import json
import os
import select
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from tests.office.pictures import CHROMIUM_FLAGS, chromium

LOOPBACK_ONLY = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"
SECONDS = 60.0


class Page:
    """One tab. `errors`: what its console was told as an error; `strangers`: other hosts that it asked for."""

    def __init__(self, commands: int, answers: int) -> None:
        self._commands, self._answers = commands, answers
        self._last, self._rest, self._session = 0, b"", ""
        self.errors: list[str] = []
        self.strangers: list[str] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def show(self, url: str, *, width: int = 1400, height: int = 1600) -> None:
        """Go there; nothing is waited for."""
        size = {"width": width, "height": height, "deviceScaleFactor": 1, "mobile": False}
        self._call("Emulation.setDeviceMetricsOverride", **size)
        self._call("Page.navigate", url=url)

    def text(self) -> str:
        """What a person can read on it now."""
        return str(self.run("document.body ? document.body.innerText : ''"))

    def wait_for(self, *texts: str, seconds: float = SECONDS) -> str:
        """The text of the page, once all of these are to be read there."""
        deadline = time.monotonic() + seconds
        while missing := [each for each in texts if each not in (shown := self.text())]:
            assert time.monotonic() < deadline, f"{missing} cannot be read on the page, but:\n{shown}"
            time.sleep(0.1)
        return shown

    def press(self, words: str) -> None:
        """Press what has exactly these words on it."""
        found = f"[...document.querySelectorAll('button, a, [tabindex]')].find(e => e.innerText.trim() === {words!r})"
        assert self.run(f"(e => e ? (e.click(), true) : false)({found})"), f"nothing to press says {words}"

    def picture(self, path: Path) -> Path:
        """A picture of it as it is now."""
        path.write_bytes(base64.b64decode(self._call("Page.captureScreenshot", format="png")["data"]))
        return path

    def run(self, script: str) -> Any:
        """The value of an expression in the page."""
        return self._call("Runtime.evaluate", expression=script, returnByValue=True)["result"].get("value")

    def _call(self, method: str, **parameters: Any) -> dict[str, Any]:
        self._last += 1
        message = {"id": self._last, "method": method, "params": parameters}
        message |= {"sessionId": self._session} if self._session else {}
        os.write(self._commands, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._next()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer
                result: dict[str, Any] = answer["result"]
                return result
            self._note(answer.get("method", ""), answer.get("params", {}))

    def _next(self) -> dict[str, Any]:
        while b"\0" not in self._rest:
            assert select.select([self._answers], [], [], SECONDS)[0], "the browser does not answer"
            self._rest += os.read(self._answers, 1 << 16)
        said, _, self._rest = self._rest.partition(b"\0")
        answer: dict[str, Any] = json.loads(said)
        return answer

    def _note(self, method: str, said: dict[str, Any]) -> None:
        if method == "Runtime.exceptionThrown":
            self.errors.append(json.dumps(said["exceptionDetails"], ensure_ascii=False))
        elif method == "Runtime.consoleAPICalled" and said["type"] in ("error", "assert"):
            self.errors.append(json.dumps(said["args"], ensure_ascii=False))
        elif method == "Log.entryAdded" and said["entry"]["level"] == "error":
            self.errors.append(json.dumps(said["entry"], ensure_ascii=False))
        elif method == "Network.requestWillBeSent":
            url = urlsplit(said["request"]["url"])
            if url.scheme not in ("data", "blob") and url.hostname != "127.0.0.1":
                self.strangers.append(said["request"]["url"])


@contextmanager
def browser() -> Iterator[Page]:
    """A browser with one empty tab, for the length of a block."""
    commands, to_us = os.pipe(), os.pipe()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        flags = [
            *CHROMIUM_FLAGS,
            LOOPBACK_ONLY,
            f"--user-data-dir={profile}",
            "--remote-debugging-pipe",
            "--lang=zh-CN",
        ]
        process = subprocess.Popen(  # bash: another shell may know descriptors of one digit only
            ["bash", "-c", f'exec "$@" 3<&{commands[0]} 4>&{to_us[1]}', "bash", chromium() or "chromium", *flags],
            pass_fds=(commands[0], to_us[1]),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands[0])
        os.close(to_us[1])
        try:
            yield Page(commands[1], to_us[0])
        finally:
            os.close(commands[1])
            os.close(to_us[0])
            process.terminate()
            process.wait(SECONDS)
