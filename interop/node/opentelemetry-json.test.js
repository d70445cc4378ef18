import assert from "node:assert/strict";
import { test } from "node:test";
import { SpanStatusCode, context, trace } from "@opentelemetry/api";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";
import { baseUrl, newProject, spans } from "./server.js";

for (const compression of ["none", "gzip"]) {
  test(`OTLP/JSON over HTTP reads back as it was sent, compression ${compression}`, async () => {
    const project = newProject("otel-json");
    const exporter = new OTLPTraceExporter({ url: `${baseUrl}/v1/traces`, compression });
    const provider = new BasicTracerProvider({
      resource: resourceFromAttributes({ "openinference.project.name": project }),
      spanProcessors: [new SimpleSpanProcessor(exporter)],
    });
    const tracer = provider.getTracer("interop");

    const chain = tracer.startSpan("chain", { attributes: { "openinference.span.kind": "CHAIN" } });
    const model = tracer.startSpan(
      "model",
      {
        attributes: {
          "openinference.span.kind": "LLM",
          "llm.token_count.prompt": 12,
          "input.value": "Grüße, 世界",
          "tag.tags": ["a", "b"],
          temperature: 0.5,
        },
      },
      trace.setSpan(context.active(), chain),
    );
    model.setStatus({ code: SpanStatusCode.ERROR, message: "rate limited" });
    model.end();
    chain.end();
    await provider.forceFlush();
    await provider.shutdown();

    const stored = await spans(project);
    assert.deepEqual(Object.keys(stored).sort(), ["chain", "model"]);
    assert.equal(stored.chain.context.span_id, chain.spanContext().spanId);
    assert.equal(stored.chain.context.trace_id, chain.spanContext().traceId);
    assert.equal(stored.model.parent_id, chain.spanContext().spanId);
    assert.equal(stored.model.span_kind, "LLM");
    assert.equal(stored.model.status_code, "ERROR");
    assert.equal(stored.model.status_message, "rate limited");
    assert.deepEqual(stored.model.attributes, {
      "llm.token_count.prompt": 12,
      "input.value": "Grüße, 世界",
      "tag.tags": ["a", "b"],
      temperature: 0.5,
    });
  });
}
