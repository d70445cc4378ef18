"""The published client against a server with authentication: with keys, and with the cookies of a session."""

import unittest
import uuid

import httpx
from phoenix.client import Client
from phoenix.otel import register

from callers import ADMIN_SECRET, BASE_URL, ROLES, new_system_key, new_user

TRACES_URL = BASE_URL + "/v1/traces"


def span():
    return {
        "name": "answer",
        "context": {"trace_id": uuid.uuid4().hex, "span_id": uuid.uuid4().hex[:16]},
        "span_kind": "CHAIN",
        "start_time": "2026-01-01T00:00:00+00:00",
        "end_time": "2026-01-01T00:00:01+00:00",
        "status_code": "OK",
        "attributes": {},
    }


def clients():
    """The client of everybody who may read, by what they show."""
    for role in ROLES:
        user = new_user(role)
        yield f"{role} with a key", role, Client(base_url=BASE_URL, api_key=user.api_key())
        yield f"{role} with cookies", role, Client(base_url=BASE_URL, http_client=user.session)
    yield "system key", "MEMBER", Client(base_url=BASE_URL, api_key=new_system_key())
    yield "admin secret", "ADMIN", Client(base_url=BASE_URL, api_key=ADMIN_SECRET)


class ClientTest(unittest.TestCase):
    def test_everybody_reads_and_members_write(self):
        for name, role, client in clients():
            with self.subTest(caller=name):
                project = f"access-{uuid.uuid4().hex[:8]}"
                if role == "VIEWER":
                    with self.assertRaises(httpx.HTTPStatusError) as refused:
                        client.spans.log_spans(project_identifier=project, spans=[span()])
                    self.assertEqual(refused.exception.response.status_code, 403)
                    self.assertIsInstance(client.projects.list(), list)
                    continue
                logged = client.spans.log_spans(project_identifier=project, spans=[span()])
                self.assertEqual(logged["total_queued"], 1)
                self.assertIn(project, [listed["name"] for listed in client.projects.list()])
                stored = client.spans.get_spans(project_identifier=project)
                self.assertEqual([read["name"] for read in stored], ["answer"])

    def test_session_is_renewed_with_its_cookies(self):
        session = new_user("VIEWER").session
        before = dict(session.cookies)
        session.post("/auth/refresh").raise_for_status()
        self.assertNotEqual(before, dict(session.cookies))
        self.assertIsInstance(Client(base_url=BASE_URL, http_client=session).projects.list(), list)

    def test_strangers_are_told_so(self):
        for key in (None, "not-a-key"):
            with self.subTest(key=key), self.assertRaises(httpx.HTTPStatusError) as refused:
                Client(base_url=BASE_URL, api_key=key).projects.list()
            self.assertEqual(refused.exception.response.status_code, 401)

    def test_exporter_sends_with_a_key(self):
        user = new_user("MEMBER")
        project = f"access-otel-{uuid.uuid4().hex[:8]}"
        provider = register(
            project_name=project,
            endpoint=TRACES_URL,
            protocol="http/protobuf",
            api_key=user.api_key(),
            batch=False,
            set_global_tracer_provider=False,
            verbose=False,
        )
        with provider.get_tracer("interop").start_as_current_span("sent"):
            pass
        provider.shutdown()
        stored = Client(base_url=BASE_URL, http_client=user.session).spans.get_spans(project_identifier=project)
        self.assertEqual([read["name"] for read in stored], ["sent"])


if __name__ == "__main__":
    unittest.main()
