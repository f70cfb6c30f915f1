#!/usr/bin/env python3
"""Drives an old Chromium: reads commands from standard input as lines of JSON, and writes a line in answer to each.

    xvfb-run -a legacy.py --chromium 69|77|87
    legacy.py --chromium 69|77|87 --install

The old engines are part of the Python package PyQtWebEngine (5.12 is Chromium 69, 5.14 is 77, 5.15 is 87);
--install installs it into a virtual environment below target/legacy/, and does not start a browser. The Debian
packages that it needs are listed in pkg-config/xtask/src/host.rs.

    {"goto": URL}  {"evaluate": JS}  {"click": [X, Y]}  {"resize": [W, H]}  {"screenshot": FILE}  {"console": true}
"""
import argparse, json, os, subprocess, sys, tempfile, venv
from pathlib import Path

QT = {"69": "5.12", "77": "5.14", "87": "5.15"}
HOME = Path(__file__).resolve().parents[2] / "target" / "legacy"


def install(home, chromium):
    venv.create(home, with_pip=True, clear=True)
    wheels = [f"{name}=={QT[chromium]}.*" for name in ("PyQt5", "PyQtWebEngine")]
    subprocess.run([home / "bin" / "python", "-m", "pip", "install", "-q", *wheels], check=True, stdout=sys.stderr)
    (home / "ready").touch()


def drive():
    os.environ["QTWEBENGINE_DISABLE_SANDBOX"] = "1"
    os.environ["QTWEBENGINE_CHROMIUM_FLAGS"] = "--no-sandbox --disable-gpu"
    os.environ.setdefault("XDG_RUNTIME_DIR", tempfile.gettempdir())
    from PyQt5.QtCore import QPoint, QSocketNotifier, Qt, QTimer, QUrl
    from PyQt5.QtTest import QTest
    from PyQt5.QtWebEngineWidgets import QWebEnginePage, QWebEngineProfile, QWebEngineView
    from PyQt5.QtWidgets import QApplication

    console = []

    class Page(QWebEnginePage):
        def javaScriptConsoleMessage(self, level, message, line, source):
            console.append(message.strip())

    def answer(value=None):
        print(json.dumps({"value": value}, ensure_ascii=False), flush=True)

    app = QApplication(sys.argv[:1])
    view = QWebEngineView()
    view.setPage(Page(QWebEngineProfile(view), view))
    view.resize(1280, 900)
    view.show()

    def goto(url):
        def loaded(ok):
            view.page().loadFinished.disconnect(loaded)
            answer(ok)
        view.page().loadFinished.connect(loaded)
        view.load(QUrl(url))

    def click(place):
        QTest.mouseClick(view.focusProxy(), Qt.LeftButton, Qt.NoModifier, QPoint(*place))
        answer()

    def resize(size):
        view.resize(*size)
        QTimer.singleShot(300, answer)

    def screenshot(file):
        QTimer.singleShot(300, lambda: answer(view.grab().save(file)))

    def told(_):
        answer(console[:])
        console.clear()

    commands = {
        "goto": goto,
        "evaluate": lambda script: view.page().runJavaScript(script, answer),
        "click": click,
        "resize": resize,
        "screenshot": screenshot,
        "console": told,
    }

    def read():
        line = sys.stdin.readline()
        if not line:
            os._exit(0)
        for name, argument in json.loads(line).items():
            commands[name](argument)

    notifier = QSocketNotifier(sys.stdin.fileno(), QSocketNotifier.Read)
    notifier.activated.connect(read)
    answer("ready")
    app.exec_()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--chromium", choices=QT, required=True)
    parser.add_argument("--install", action="store_true")
    args = parser.parse_args()
    home = HOME / args.chromium
    if args.install:
        if not (home / "ready").exists():
            install(home, args.chromium)
    elif sys.prefix == str(home):
        drive()
    else:
        python = str(home / "bin" / "python")
        os.execv(python, [python, *sys.argv])


if __name__ == "__main__":
    main()
