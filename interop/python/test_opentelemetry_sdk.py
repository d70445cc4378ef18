"""OpenTelemetry's Python SDK and its OTLP exporters."""

import unittest

from opentelemetry.exporter.otlp.proto.grpc.trace_exporter import OTLPSpanExporter as GrpcExporter
from opentelemetry.exporter.otlp.proto.http import Compression
from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter as HttpExporter
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import TracerProvider
from opentelemetry.sdk.trace.export import SimpleSpanProcessor, SpanExportResult
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter
from opentelemetry.trace import format_span_id, format_trace_id
from grpc import Compression as GrpcCompression

from server import GRPC_URL, TRACES_URL, new_project, spans

EXPORTERS = {
    "http": lambda: HttpExporter(endpoint=TRACES_URL),
    "http-gzip": lambda: HttpExporter(endpoint=TRACES_URL, compression=Compression.Gzip),
    "http-deflate": lambda: HttpExporter(endpoint=TRACES_URL, compression=Compression.Deflate),
    "grpc": lambda: GrpcExporter(endpoint=GRPC_URL, insecure=True),
    "grpc-gzip": lambda: GrpcExporter(endpoint=GRPC_URL, insecure=True, compression=GrpcCompression.Gzip),
}


class OpenTelemetrySdkTest(unittest.TestCase):
    def test_a_trace_reads_back_as_it_was_sent(self):
        for name, exporter in EXPORTERS.items():
            with self.subTest(exporter=name):
                project = new_project(f"otel-{name}")
                sent = self.record(project)
                self.assertEqual(exporter().export(sent.values()), SpanExportResult.SUCCESS)
                self.assert_reads_back(sent, spans(project))

    def record(self, project):
        memory = InMemorySpanExporter()
        provider = TracerProvider(resource=Resource({"openinference.project.name": project}))
        provider.add_span_processor(SimpleSpanProcessor(memory))
        tracer = provider.get_tracer("interop")
        with tracer.start_as_current_span("agent", attributes={"openinference.span.kind": "AGENT"}):
            with tracer.start_as_current_span(
                "model",
                attributes={
                    "openinference.span.kind": "LLM",
                    "llm.model_name": "gpt-4o-mini",
                    "llm.input_messages.0.message.role": "user",
                    "llm.input_messages.0.message.content": "Grüße, 世界",
                    "llm.token_count.prompt": 12,
                    "llm.token_count.completion": 3,
                    "tag.tags": ["a", "b"],
                    "temperature": 0.5,
                    "cached": False,
                },
            ) as model:
                model.add_event("first token", {"index": 0})
            try:
                with tracer.start_as_current_span("tool", attributes={"openinference.span.kind": "TOOL"}):
                    raise ValueError("no such order")
            except ValueError:
                pass
        return {span.name: span for span in memory.get_finished_spans()}

    def assert_reads_back(self, sent, stored):
        self.assertEqual(set(stored), {"agent", "model", "tool"})
        for name, span in sent.items():
            context = span.get_span_context()
            self.assertEqual(
                stored[name]["context"],
                {"trace_id": format_trace_id(context.trace_id), "span_id": format_span_id(context.span_id)},
            )
            self.assertEqual(stored[name]["parent_id"], span.parent and format_span_id(span.parent.span_id))
            attributes = dict(span.attributes)
            self.assertEqual(stored[name]["span_kind"], attributes.pop("openinference.span.kind"))
            for key, value in attributes.items():
                expected = list(value) if isinstance(value, tuple) else value
                self.assertEqual(stored[name]["attributes"][key], expected, key)
        self.assertEqual([event["name"] for event in stored["model"]["events"]], ["first token"])
        self.assertEqual(stored["tool"]["status_code"], "ERROR")
        self.assertEqual(stored["tool"]["events"][0]["attributes"]["exception.message"], "no such order")


if __name__ == "__main__":
    unittest.main()
