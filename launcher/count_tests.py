"""count_tests.py BEGAN LOG: prints "N passed, N failed" for the JUnit reports written after the file BEGAN was, and for what
vitest says in LOG."""

import pathlib
import re
import sys
import xml.etree.ElementTree as ElementTree

ROOT = pathlib.Path(__file__).resolve().parent.parent
COLOUR = re.compile(r"\x1b\[[0-9;]*m")
VITEST = re.compile(r"^ *Tests  (.*)$", re.MULTILINE)


def junit(began):
    for report in ROOT.glob("**/target/surefire-reports*/TEST-*.xml"):
        if report.stat().st_mtime >= began:
            suite = {name: int(value) for name, value in ElementTree.parse(report).getroot().items() if value.isdigit()}
            failed = suite["failures"] + suite["errors"]
            yield suite["tests"] - suite["skipped"] - failed, failed


def vitest(log):
    for summary in VITEST.findall(COLOUR.sub("", log)):
        counts = {word: int(number) for number, word in re.findall(r"(\d+) (passed|failed)", summary)}
        yield counts.get("passed", 0), counts.get("failed", 0)


began, log = map(pathlib.Path, sys.argv[1:])
results = [*junit(began.stat().st_mtime), *vitest(log.read_text(errors="replace"))]
print(f"\n{sum(passed for passed, _ in results)} passed, {sum(failed for _, failed in results)} failed")
