"""What schemathesis looks for in every answer, beside errors of the server."""

import os
import re

import schemathesis

SECRETS = [os.environ[name] for name in ("PHOENIX_SECRET", "PHOENIX_ADMIN_SECRET")]
INSIDES = re.compile(
    r"\bat (dev|java|org|io)\.[\w.]+\(|\b(java|jakarta|org\.jooq|org\.springframework|tools\.jackson)\.[a-z]+\.\w+|SQLITE_[A-Z]+|\bSELECT .+ FROM \w"
)


@schemathesis.check
def no_leak(context, response, case):
    text = response.text
    for secret in SECRETS:
        assert secret not in text, "the answer holds a secret of the server"
    found = INSIDES.search(text)
    assert found is None, f"the answer tells how the server is made: {found.group(0)}"
    if os.environ["CALLER"] == "anonymous" and case.path.startswith("/v1"):
        assert not response.status_code < 300, "a stranger was answered"
