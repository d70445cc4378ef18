"""Schemathesis over the document a server publishes, as every role and as a stranger. Ends with "N passed, N failed"."""

import collections
import json
import os
import pathlib
import subprocess
import sys
import tempfile

import httpx

from callers import ADMIN_SECRET, BASE_URL, ROLES, bearer, new_system_key, new_user

HERE = pathlib.Path(__file__).resolve().parent
# Three minutes and 4,300 requests by each of the nine callers, for 62 operations; most of them are one for each rule, whatever this is.
EXAMPLES = 25
# What may end somebody's own access comes last.
ENDS_ACCESS = r"/v1/(user/(sessions|api_keys)/|users/\{|system/api_keys/)"
# Answers of these never end.
STREAMS = r"/events$"


def callers():
    yield "admin secret", bearer(ADMIN_SECRET)
    yield "anonymous", {}
    for role in ROLES:
        user = new_user(role)
        yield f"{role} in a session", {"Cookie": f"phoenix-access-token={user.session.cookies['phoenix-access-token']}"}
        yield f"{role} with a key", bearer(user.api_key())
    yield "system key", bearer(new_system_key())


def run(everybody, *which):
    """How often which caller got which status; None where something was found."""
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{BASE_URL}/openapi.json"]
    command += ["--checks=as_everybody", "--phases=examples,coverage,fuzzing", f"--max-examples={EXAMPLES}"]
    command += ["--seed=1", "--workers=1", "--continue-on-failure", "--suppress-health-check=all", "--warnings=off", "--no-color"]
    command += which
    for name, value in everybody[0][1].items():
        command += ["--header", f"{name}: {value}"]
    with tempfile.TemporaryDirectory(prefix="phoenix-schema") as folder:
        statuses = pathlib.Path(folder, "statuses.json")
        variables = os.environ | {
            "SCHEMATHESIS_HOOKS": "leaks",
            "PYTHONPATH": str(HERE),
            "CALLERS": json.dumps(everybody),
            "STATUSES": str(statuses),
        }
        code = subprocess.run(command, env=variables, cwd=folder, check=False).returncode
        return json.loads(statuses.read_text()) if code == 0 else None


def stream(headers):
    """What each hostile name of a project is answered with; a stream is left at once."""
    for name in ("default", "%00", "%27%3B--", "..%2Fdefault", "x" * 5000, "UHJvamVjdDox", "\u202e%F0%9F%92%A9"):
        hostile = headers | {"Last-Event-ID": "9" * 400}
        with httpx.stream("GET", f"{BASE_URL}/v1/projects/{name}/events", headers=hostile, timeout=30) as answer:
            yield answer.status_code


def is_known(headers):
    return httpx.get(f"{BASE_URL}/v1/user", headers=headers, timeout=30).status_code == 200


everybody = list(callers())
# A caller who is not let in any more would be one more stranger.
lost = []
total = collections.defaultdict(collections.Counter)
failed = 0
for which in (("--exclude-path-regex", f"{ENDS_ACCESS}|{STREAMS}"), ("--include-path-regex", ENDS_ACCESS)):
    statuses = run(everybody, *which)
    if not total:
        lost = [caller for caller, headers in everybody if headers and not is_known(headers)]
    failed += statuses is None
    for caller, counted in (statuses or {}).items():
        total[caller].update({int(status): count for status, count in counted.items()})
for caller, headers in everybody:
    answers = list(stream(headers))
    total[caller].update(answers)
    failed += any(status >= 500 or (status < 300 and not headers) for status in answers)
for caller, counted in total.items():
    print(f"{caller}: {counted.total()} answers: {', '.join(f'{count} x {status}' for status, count in sorted(counted.items()))}")
print(f"let in no more: {lost}" if lost else "everybody was let in to the end")
failed += len(lost)
print(f"{len(everybody) - len(lost) if not failed else 0} passed, {failed} failed")
sys.exit(1 if failed else 0)
