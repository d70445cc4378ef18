"""The packages people use with the product this server is compatible with."""

import unittest
import uuid

from phoenix.client import Client
from phoenix.client.exceptions import SpanCreationError
from phoenix.otel import register

from server import BASE_URL, GRPC_URL, TRACES_URL, new_project, spans

ENDPOINTS = {"http": (TRACES_URL, "http/protobuf"), "grpc": (GRPC_URL, "grpc")}


def traced(project, endpoint, protocol, batch):
    provider = register(
        project_name=project,
        endpoint=endpoint,
        protocol=protocol,
        batch=batch,
        set_global_tracer_provider=False,
        verbose=False,
    )
    tracer = provider.get_tracer("interop")

    @tracer.tool(name="lookup")
    def lookup(order: int) -> str:
        return f"order {order} is on its way"

    @tracer.chain(name="answer")
    def answer(question: str) -> str:
        return lookup(order=7)

    answer("Where is my order?")
    provider.force_flush()
    provider.shutdown()


class PhoenixPackagesTest(unittest.TestCase):
    def test_phoenix_otel_exports(self):
        for name, (endpoint, protocol) in ENDPOINTS.items():
            for batch in (True, False):
                with self.subTest(protocol=name, batch=batch):
                    project = new_project(f"phoenix-otel-{name}")
                    traced(project, endpoint, protocol, batch)

                    stored = spans(project)
                    self.assertEqual(set(stored), {"answer", "lookup"})
                    self.assertEqual(stored["answer"]["span_kind"], "CHAIN")
                    self.assertEqual(stored["answer"]["attributes"]["input.value"], "Where is my order?")
                    self.assertEqual(stored["answer"]["status_code"], "OK")
                    self.assertEqual(stored["lookup"]["span_kind"], "TOOL")
                    self.assertEqual(stored["lookup"]["attributes"]["output.value"], "order 7 is on its way")
                    self.assertEqual(stored["lookup"]["parent_id"], stored["answer"]["context"]["span_id"])

    def test_phoenix_client_reads(self):
        project = new_project("phoenix-client")
        traced(project, TRACES_URL, "http/protobuf", True)
        client = Client(base_url=BASE_URL)

        self.assertIn(project, [listed["name"] for listed in client.projects.list()])
        self.assertEqual(client.projects.get(project_name=project)["name"], project)
        everything = client.spans.get_spans(project_identifier=project)
        self.assertEqual({span["name"] for span in everything}, {"answer", "lookup"})
        tools = client.spans.get_spans(project_identifier=project, span_kind="TOOL")
        self.assertEqual([span["name"] for span in tools], ["lookup"])
        traces = client.traces.get_traces(project_identifier=project)
        self.assertEqual([trace["trace_id"] for trace in traces], [tools[0]["context"]["trace_id"]])

    def test_phoenix_client_logs_spans(self):
        project = new_project("phoenix-client-log")
        client = Client(base_url=BASE_URL)
        span = {
            "name": "answer",
            "context": {"trace_id": uuid.uuid4().hex, "span_id": uuid.uuid4().hex[:16]},
            "span_kind": "LLM",
            "start_time": "2026-01-01T00:00:00+00:00",
            "end_time": "2026-01-01T00:00:01+00:00",
            "status_code": "OK",
            "attributes": {"llm.model_name": "gpt-4o", "llm.token_count.prompt": 3},
        }

        logged = client.spans.log_spans(project_identifier=project, spans=[span])

        self.assertEqual((logged["total_received"], logged["total_queued"]), (1, 1))
        stored = spans(project)["answer"]
        self.assertEqual(stored["context"], span["context"])
        self.assertEqual(stored["span_kind"], "LLM")
        self.assertEqual(stored["attributes"], span["attributes"])
        with self.assertRaises(SpanCreationError) as refused:
            client.spans.log_spans(project_identifier=project, spans=[span])
        self.assertEqual(refused.exception.total_duplicates, 1)


if __name__ == "__main__":
    unittest.main()
