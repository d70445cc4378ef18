"""What schemathesis looks for in every answer: errors of the server, and what nobody may learn. Each request is made once more by every other caller."""

import atexit
import collections
import itertools
import json
import os
import pathlib
import re

import requests
import schemathesis

INSIDES = re.compile(
    r"\bat (dev|java|org|io)\.[\w.]+\(|\b(java|jakarta|org\.jooq|org\.springframework|tools\.jackson)\.[a-z]+\.\w+|SQLITE_[A-Z]+|\bSELECT .+ FROM \w|pbkdf2-sha256:"
)
CREDENTIALS = ("Authorization", "Cookie")

# Whoever asks first comes from schemathesis; the others follow.
FIRST, *OTHERS = [tuple(caller) for caller in json.loads(os.environ["CALLERS"])]
SECRETS = [os.environ[name] for name in ("PHOENIX_SECRET", "PHOENIX_ADMIN_SECRET")]
SECRETS += [value.removeprefix("Bearer ").removeprefix("phoenix-access-token=") for _, headers in OTHERS for value in headers.values()]

sessions = {caller: requests.Session() for caller, _ in OTHERS}
statuses = {caller: collections.Counter() for caller, _ in (FIRST, *OTHERS)}
turns = itertools.count()
atexit.register(lambda: pathlib.Path(os.environ["STATUSES"]).write_text(json.dumps(statuses)))


@schemathesis.check
def as_everybody(context, response, case):
    look(FIRST[0], response.status_code, response.text, case)
    # Whoever is first finds other data than who comes later.
    turn = next(turns) % len(OTHERS)
    for caller, headers in OTHERS[turn:] + OTHERS[:turn]:
        request = response.request.copy()
        for name in CREDENTIALS:
            request.headers.pop(name, None)
        request.headers.update(headers)
        # Cookies that the server sets are not taken over.
        sessions[caller].cookies.clear()
        answer = sessions[caller].send(request, timeout=30, allow_redirects=False)
        look(caller, answer.status_code, answer.text, case)


def look(caller, status, text, case):
    statuses[caller][status] += 1
    assert status < 500, f"an error of the server, asked by {caller}: {status} {text}"
    for secret in SECRETS:
        assert secret not in text, f"the answer to {caller} holds a secret of the server or of another caller"
    found = INSIDES.search(text)
    assert found is None, f"the answer to {caller} tells how the server is made: {found.group(0)}"
    if caller == "anonymous" and case.path.startswith("/v1"):
        assert not status < 300, "a stranger was answered"
