"""docs_test.py FILE...: runs what the documentation tells people to type, with a server running.

    ```sh               run in the repository; has to succeed
    ```sh serve         starts the server, which then runs until the end of the file
    ```sh app           run in an application's folder of its own
    ```sh app sends     the same, and has to leave new spans in the server
    ```python NAME      saved as NAME in the application's folder, like every other language with a file name
    ```sh elsewhere     a command that has a test stage of its own
    <!-- run app sends: COMMAND -->   what a reader's build tool would do

`localhost:6006` and port 4317 stand for the ports the server really got. Ends with "N passed, N failed".
"""

import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import urllib.request

from server_process import ROOT, running_server

ELSEWHERE = {
    "./phoenix test",
    "./phoenix test --full",
    "./phoenix bench",
    "./phoenix bench ingest --runs 3",
    "./phoenix bench ingest --runs 3 --span-size 1k,10k,100k --protocol http-gzip",
    "./phoenix bench trace",
    "./phoenix bench read",
    "./phoenix bench overload",
    "./phoenix bench fault",
    "./phoenix bench fault --full",
    "./phoenix bench profile",
    "./phoenix bench restart",
    "./phoenix bench auth",
    "./phoenix bench dialects",
    "./phoenix bench ui",
}
MEANING = {"serve", "app", "sends", "elsewhere"}
FENCE = re.compile(r"^```(\w+)(?: ([^\n]*))?\n(.*?)^```$|^<!-- run ([^:\n]*): (.*?) -->$", re.MULTILINE | re.DOTALL)
COMMAND_SECONDS = 600


class Failure(Exception):
    pass


def blocks(text):
    """(language, words after it, content) of each fenced block and each hidden command."""
    for match in FENCE.finditer(text):
        language, words, content, hidden_words, hidden = match.groups()
        if hidden:
            yield "sh", hidden_words.split(), hidden
        else:
            yield language, (words or "").split(), content


def stored_spans(base_url):
    def get(path):
        with urllib.request.urlopen(base_url + path, timeout=10) as answer:
            return json.load(answer)["data"]

    return {
        span["id"]
        for project in get("/v1/projects?limit=1000")
        for span in get(f"/v1/projects/{project['id']}/spans?limit=1000")
    }


def run_shell(content, words, app, variables):
    lines = content.strip().splitlines()
    if not {*words} <= MEANING:
        raise Failure(f"says {words}, of which only {sorted(MEANING)} mean something here")
    if "elsewhere" in words:
        unknown = [line for line in lines if line.split("#")[0].strip() not in ELSEWHERE]
        if unknown:
            raise Failure(f"no test stage runs {unknown}")
        return
    if "serve" in words:
        if lines != ["./phoenix serve"]:
            raise Failure(f"the server is started with ./phoenix serve, not {lines}")
        return
    before = stored_spans(variables["PHOENIX_BASE_URL"]) if "sends" in words else set()
    folder = app if "app" in words else ROOT
    code = subprocess.run(["sh", "-euc", content], cwd=folder, env=variables, timeout=COMMAND_SECONDS, check=False).returncode
    if code != 0:
        raise Failure(f"ended with {code}")
    if "sends" in words and stored_spans(variables["PHOENIX_BASE_URL"]) <= before:
        raise Failure("left no new span in the server")


def run_file(path):
    """The number of blocks that passed, and of those that failed."""
    passed = failed = 0
    with tempfile.TemporaryDirectory(prefix="phoenix-app") as app, running_server() as variables:
        variables["PATH"] = f"{ROOT}/target/interop/venv/bin:{ROOT}/frontend/node_modules/node/bin:{variables['PATH']}"
        text = path.read_text()
        text = text.replace("localhost:6006", "localhost:" + variables["PHOENIX_PORT"])
        text = text.replace("localhost:4317", "localhost:" + variables["PHOENIX_GRPC_PORT"])
        for language, words, content in blocks(text):
            if language == "sh":
                print(f"--- {path}: {content.strip()}", flush=True)
                try:
                    run_shell(content, words, app, variables)
                    passed += 1
                except (Failure, subprocess.TimeoutExpired) as failure:
                    print(f"FAILED {path}: {content.strip()}\n       {failure}", flush=True)
                    failed += 1
            elif words:
                pathlib.Path(app, words[0]).write_text(content)
    return passed, failed


def main(names):
    counts = [run_file(path) for path in map(pathlib.Path, names) if any(language == "sh" for language, *_ in blocks(path.read_text()))]
    failed = sum(bad for _, bad in counts)
    # Whatever ran before may have ended without a line break.
    print(f"\n{sum(good for good, _ in counts)} passed, {failed} failed")
    return 1 if failed else 0


if __name__ == "__main__":
    os.chdir(ROOT)
    sys.exit(main(sys.argv[1:]))
