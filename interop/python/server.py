"""The server under test, read through its REST API."""

import json
import os
import urllib.parse
import urllib.request
import uuid

BASE_URL = os.environ.get("PHOENIX_BASE_URL", "http://localhost:6006")
GRPC_PORT = int(os.environ.get("PHOENIX_GRPC_PORT", "4317"))
TRACES_URL = BASE_URL + "/v1/traces"
GRPC_URL = f"http://{urllib.parse.urlsplit(BASE_URL).hostname}:{GRPC_PORT}"


def show_an_api_key():
    """Where callers log in, the clients find a key of the system in their environment, made with the secret of the admins."""
    request = urllib.request.Request(
        BASE_URL + "/v1/system/api_keys",
        data=json.dumps({"data": {"name": "interop"}}).encode(),
        headers={"Content-Type": "application/json", "Authorization": "Bearer " + os.environ["PHOENIX_ADMIN_SECRET"]},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        os.environ["PHOENIX_API_KEY"] = json.load(answer)["data"]["key"]


if "PHOENIX_ADMIN_SECRET" in os.environ:
    show_an_api_key()


def new_project(prefix):
    return f"{prefix}-{uuid.uuid4().hex[:8]}"


def spans(project):
    """The project's spans by name, as `GET /v1/projects/{project}/spans` returns them."""
    with urllib.request.urlopen(f"{BASE_URL}/v1/projects/{project}/spans", timeout=10) as answer:
        return {span["name"]: span for span in json.load(answer)["data"]}
