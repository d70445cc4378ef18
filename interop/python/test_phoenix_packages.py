"""The packages people use with the product this server is compatible with."""

import unittest

from phoenix.client import Client
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


if __name__ == "__main__":
    unittest.main()
