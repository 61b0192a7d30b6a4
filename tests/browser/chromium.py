"""A headless Chromium, driven over a pipe by the DevTools protocol: no port, no driver, no package."""

import base64
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Final

import pytest

_FLAGS: Final = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)
# The browser reads commands from file descriptor 3 and answers on 4.
_SHELL: Final = 'exec "${@:3}" 3<&"$1" 4>&"$2" 2>/dev/null'
_SECONDS: Final = 60.0

Json = dict[str, Any]


class Chromium:
    """One page of a running browser.

    :ivar complaints: what the console, the policy or the script complained about
    :ivar requests: addresses that were asked for since the page was opened, its own among them
    """

    def __init__(self, commands: int, answers: int) -> None:
        self._commands = os.fdopen(commands, "wb", buffering=0)
        self._answers = answers
        self._read = b""
        self._number = 0
        self._session = ""
        self._loaded = False
        self.complaints: list[str] = []
        self.requests: list[str] = []
        target = self._call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self._call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Page", "Runtime", "Log", "Network"):
            self._call(f"{domain}.enable")

    def open(self, path: Path) -> float:
        """Opens a file; the seconds until it was loaded and its scripts had run."""
        self.complaints.clear()
        self.requests.clear()
        self._loaded = False
        started = time.monotonic()
        self._call("Page.navigate", url=path.as_uri())
        while not self._loaded:
            self._take()
        self.run("new Promise((done) => requestAnimationFrame(() => setTimeout(done)))")
        return time.monotonic() - started

    def run(self, expression: str) -> Any:
        """The value of a JavaScript expression, waited for if it is a promise."""
        answer = self._call("Runtime.evaluate", expression=expression, returnByValue=True, awaitPromise=True, userGesture=True)
        assert "exceptionDetails" not in answer, answer["exceptionDetails"]
        return answer["result"].get("value")

    def press(self, key: str, code: str = "", text: str = "") -> None:
        """Presses and releases a key."""
        named = {"key": key, "code": code or key}
        codes = {"Tab": 9, "Enter": 13, " ": 32, "/": 191}
        named |= {"windowsVirtualKeyCode": codes.get(key, 0)}  # type: ignore[dict-item]
        self._call("Input.dispatchKeyEvent", type="keyDown" if text else "rawKeyDown", text=text, **named)
        self._call("Input.dispatchKeyEvent", type="keyUp", **named)

    def look(self, width: int, height: int, *, scheme: str = "light") -> None:
        """Sets the size of the window, in pixels, and the colours that the user prefers."""
        self._call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=False)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self._call("Emulation.setEmulatedMedia", features=features)

    def picture(self, *, whole: bool = False) -> bytes:
        """The window, or the whole page, as PNG."""
        return base64.b64decode(self._call("Page.captureScreenshot", format="png", captureBeyondViewport=whole)["data"])

    def pdf(self) -> bytes:
        """The page as it prints."""
        return base64.b64decode(self._call("Page.printToPDF", printBackground=True)["data"])

    def close(self) -> None:
        """Ends the browser."""
        self._session = ""
        self._call("Browser.close")
        self._commands.close()
        os.close(self._answers)

    def _call(self, method: str, **parameters: object) -> Json:
        self._number += 1
        message: Json = {"id": self._number, "method": method, "params": parameters}
        if self._session:
            message["sessionId"] = self._session
        self._commands.write(json.dumps(message).encode() + b"\0")
        while True:
            answer = self._take()
            if answer.get("id") == self._number:
                assert "error" not in answer, (method, answer["error"])
                result: Json = answer["result"]
                return result

    def _take(self) -> Json:
        """The next message; events are noted."""
        while b"\0" not in self._read:
            more = os.read(self._answers, 1 << 20)
            assert more, "the browser has ended"
            self._read += more
        read, _, self._read = self._read.partition(b"\0")
        message: Json = json.loads(read)
        self._note(message)
        return message

    def _note(self, message: Json) -> None:
        parameters = message.get("params", {})
        match message.get("method"):
            case "Page.loadEventFired":
                self._loaded = True
            case "Network.requestWillBeSent":
                self.requests.append(parameters["request"]["url"])
            case "Log.entryAdded":
                self.complaints.append(parameters["entry"]["text"])
            case "Runtime.exceptionThrown":
                self.complaints.append(json.dumps(parameters["exceptionDetails"]))
            case "Runtime.consoleAPICalled":
                self.complaints.append(json.dumps(parameters["args"]))


@contextmanager
def chromium() -> Iterator[Chromium]:
    """A browser with a profile of its own. Fails the test if none is installed: the system tests need one."""
    program = shutil.which("chromium") or shutil.which("google-chrome")
    assert program, "install chromium to run the system tests"
    theirs_read, commands = os.pipe()
    answers, theirs_write = os.pipe()
    with tempfile.TemporaryDirectory() as profile:
        command = ["bash", "-c", _SHELL, "bash", str(theirs_read), str(theirs_write), program, *_FLAGS, f"--user-data-dir={profile}"]
        running = subprocess.Popen(command, pass_fds=(theirs_read, theirs_write))
        os.close(theirs_read)
        os.close(theirs_write)
        try:
            page = Chromium(commands, answers)
            try:
                yield page
            finally:
                page.close()
        finally:
            _end(running)


def _end(running: "subprocess.Popen[bytes]") -> None:
    try:
        running.wait(_SECONDS)
    except subprocess.TimeoutExpired:
        running.kill()
        running.wait()
        pytest.fail("the browser did not end")
