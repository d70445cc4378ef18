"""Schemathesis over the document a server publishes, as every role and as a stranger. Ends with "N passed, N failed"."""

import os
import pathlib
import subprocess
import sys
import tempfile

from callers import ADMIN_SECRET, BASE_URL, ROLES, bearer, new_system_key, new_user

HERE = pathlib.Path(__file__).resolve().parent
EXAMPLES = 25
# What may end the caller's own access comes last.
ENDS_ACCESS = r"/v1/(user/(sessions|api_keys)/|users/\{|system/api_keys/)"


def callers():
    yield "anonymous", {}
    for role in ROLES:
        user = new_user(role)
        yield f"{role} in a session", {"Cookie": "; ".join(f"{name}={value}" for name, value in user.session.cookies.items())}
        yield f"{role} with a key", bearer(user.api_key())
    yield "system key", bearer(new_system_key())
    yield "admin secret", bearer(ADMIN_SECRET)


def run(caller, headers, *which):
    command = [sys.executable, "-m", "schemathesis.cli", "run", f"{BASE_URL}/openapi.json"]
    command += ["--checks=not_a_server_error,no_leak", "--phases=examples,coverage,fuzzing", f"--max-examples={EXAMPLES}"]
    command += ["--seed=1", "--workers=1", "--continue-on-failure", "--suppress-health-check=all", "--no-color"]
    command += which
    for name, value in headers.items():
        command += ["--header", f"{name}: {value}"]
    variables = os.environ | {"SCHEMATHESIS_HOOKS": "leaks", "PYTHONPATH": str(HERE), "CALLER": caller}
    print(f"== {caller}", flush=True)
    with tempfile.TemporaryDirectory(prefix="phoenix-schema") as folder:
        return subprocess.run(command, env=variables, cwd=folder, check=False).returncode == 0


results = [
    run(caller, headers, choice, ENDS_ACCESS)
    for caller, headers in list(callers())
    for choice in ("--exclude-path-regex", "--include-path-regex")
]
print(f"{results.count(True)} passed, {results.count(False)} failed")
sys.exit(0 if all(results) else 1)
