"""Annotations through the published client, and in the order its users' programs have: before their spans arrive."""

import time
import unittest
import uuid

import pandas
from opentelemetry import trace as otel
from phoenix.client import Client
from phoenix.otel import register

from server import BASE_URL, TRACES_URL, new_project

DEADLINE_SECONDS = 20


class PhoenixAnnotationsTest(unittest.TestCase):
    def setUp(self):
        self.client = Client(base_url=BASE_URL)
        self.project = new_project("annotations")

    def traced(self, before_export=lambda context: None):
        provider = register(
            project_name=self.project,
            endpoint=TRACES_URL,
            protocol="http/protobuf",
            batch=True,
            set_global_tracer_provider=False,
            verbose=False,
        )
        tracer = provider.get_tracer("interop")
        with tracer.start_as_current_span("answer", attributes={"session.id": self.project}) as span:
            context = span.get_span_context()
        ids = otel.format_span_id(context.span_id), otel.format_trace_id(context.trace_id)
        before_export(ids)
        provider.force_flush()
        provider.shutdown()
        return ids

    def annotations(self, span_id):
        found = self.client.spans.get_span_annotations(span_ids=[span_id], project_identifier=self.project)
        return {annotation["name"]: annotation["result"] for annotation in found}

    def test_an_annotation_is_read_as_a_list_and_as_a_data_frame(self):
        span_id, _ = self.traced()
        added = self.client.spans.add_span_annotation(
            span_id=span_id,
            annotation_name="correctness",
            annotator_kind="HUMAN",
            label="correct",
            score=0.5,
            explanation="as expected",
            metadata={"reviewer": "a"},
            identifier="run-1",
            sync=True,
        )
        self.assertTrue(added["id"])
        self.client.spans.add_span_note(span_id=span_id, note="looks fine")

        self.assertEqual(
            self.annotations(span_id),
            {"correctness": {"label": "correct", "score": 0.5, "explanation": "as expected"}},
        )
        frame = self.client.spans.get_span_annotations_dataframe(
            span_ids=[span_id], project_identifier=self.project
        )
        self.assertEqual(frame.index.to_list(), [span_id])
        row = frame.iloc[0]
        self.assertEqual(row["annotation_name"], "correctness")
        self.assertEqual(row["result.label"], "correct")
        self.assertEqual(row["result.score"], 0.5)

    def test_data_frames_are_logged(self):
        span_id, trace_id = self.traced()
        self.client.spans.log_span_annotations_dataframe(
            dataframe=pandas.DataFrame({"span_id": [span_id], "label": ["good"], "score": [1]}),
            annotation_name="quality",
            annotator_kind="LLM",
            sync=True,
        )
        self.assertEqual(self.annotations(span_id)["quality"]["score"], 1)
        self.client.traces.log_trace_annotations_dataframe(
            dataframe=pandas.DataFrame({"trace_id": [trace_id], "label": ["good"]}),
            annotation_name="quality",
            annotator_kind="CODE",
            sync=True,
        )

    def test_an_annotation_waits_for_its_span(self):
        name = f"early-{uuid.uuid4().hex[:8]}"

        def annotate(ids):
            self.client.spans.add_span_annotation(
                span_id=ids[0], annotation_name=name, annotator_kind="LLM", label="early"
            )

        span_id, _ = self.traced(annotate)
        deadline = time.monotonic() + DEADLINE_SECONDS
        while name not in self.annotations(span_id) and time.monotonic() < deadline:
            time.sleep(0.1)
        self.assertEqual(self.annotations(span_id)[name]["label"], "early")


if __name__ == "__main__":
    unittest.main()
