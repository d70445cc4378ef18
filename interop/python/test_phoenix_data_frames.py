"""Data frames of spans through the published client, as notebooks ask for them."""

import datetime
import unittest

from phoenix.client import Client
from phoenix.client.types.spans import SpanQuery
from phoenix.otel import register

from server import BASE_URL, TRACES_URL, new_project

DOCUMENTS = {
    f"retrieval.documents.{place}.document.{field}": value
    for place, (content, score) in enumerate([("one", 0.5), ("two", 0.25)])
    for field, value in (("content", content), ("score", score))
}


class PhoenixDataFramesTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.client = Client(base_url=BASE_URL)
        cls.project = new_project("data-frames")
        provider = register(
            project_name=cls.project,
            endpoint=TRACES_URL,
            protocol="http/protobuf",
            batch=True,
            set_global_tracer_provider=False,
            verbose=False,
        )
        tracer = provider.get_tracer("interop")
        with tracer.start_as_current_span("answer") as root:
            root.set_attributes({"openinference.span.kind": "CHAIN", "input.value": "why?", "metadata": '{"tier": "gold"}'})
            with tracer.start_as_current_span("search") as search:
                search.set_attributes({"openinference.span.kind": "RETRIEVER", **DOCUMENTS})
            with tracer.start_as_current_span("call") as call:
                call.set_attributes({"openinference.span.kind": "LLM", "llm.token_count.prompt": 3, "own.key": True})
        provider.force_flush()
        provider.shutdown()

    def frame(self, query=None, **window):
        return self.client.spans.get_spans_dataframe(query=query, project_identifier=self.project, **window)

    def test_everything(self):
        frame = self.frame()

        self.assertEqual(frame.index.name, "context.span_id")
        self.assertEqual(set(frame["name"]), {"answer", "search", "call"})
        by_name = frame.set_index("name")
        self.assertEqual(by_name.loc["answer", "attributes.input.value"], "why?")
        self.assertEqual(by_name.loc["answer", "attributes.metadata"], {"tier": "gold"})
        self.assertEqual(by_name.loc["call", "attributes.llm.token_count.prompt"], 3)
        self.assertEqual(by_name.loc["call", "attributes.own"], {"key": True})
        self.assertEqual(len(by_name.loc["search", "attributes.retrieval.documents"]), 2)
        self.assertEqual(by_name.loc["call", "span_kind"], "LLM")
        self.assertEqual(str(frame["start_time"].dtype.tz), "UTC")
        self.assertTrue((frame["end_time"] >= frame["start_time"]).all())

    def test_a_condition_and_a_projection(self):
        query = SpanQuery().where("span_kind == 'CHAIN' and metadata['tier'] == 'gold'").select("name", "input.value")
        frame = self.frame(query)

        self.assertEqual(frame.to_dict("records"), [{"name": "answer", "input.value": "why?"}])

    def test_documents_are_exploded_and_joined(self):
        exploded = self.frame(
            SpanQuery().explode("retrieval.documents", reference="document.content", score="document.score")
        )
        self.assertEqual(exploded.index.names, ["context.span_id", "document_position"])
        self.assertEqual(exploded["reference"].to_list(), ["one", "two"])
        self.assertEqual(exploded["score"].to_list(), [0.5, 0.25])
        self.assertEqual([position for _, position in exploded.index], [0, 1])

        joined = self.frame(SpanQuery().concat("retrieval.documents", context="document.content").with_index("trace_id"))
        self.assertEqual(joined.index.name, "context.trace_id")
        self.assertEqual(joined["context"].to_list(), ["one\n\ntwo"])

    def test_windows_and_limits(self):
        self.assertEqual(len(self.frame(limit=2)), 2)
        self.assertEqual(self.frame(root_spans_only=True)["name"].to_list(), ["answer"])
        before = datetime.datetime(2020, 1, 1, tzinfo=datetime.timezone.utc)
        self.assertEqual(len(self.frame(end_time=before)), 0)
        self.assertEqual(len(self.frame(start_time=before)), 3)

    def test_a_wrong_condition_is_explained(self):
        with self.assertRaises(Exception) as refused:
            self.frame(SpanQuery().where("latency_ms > '5'"))
        self.assertIn("422", str(refused.exception))


if __name__ == "__main__":
    unittest.main()
