import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { createClient } from "@arizeai/phoenix-client";
import { getSpans, logSpans } from "@arizeai/phoenix-client/spans";
import { register, traceChain, traceTool } from "@arizeai/phoenix-otel";
import { baseUrl, newProject, spans } from "./server.js";

const traced = async (project, batch) => {
  const provider = register({ projectName: project, url: `${baseUrl}/v1/traces`, batch });
  const lookup = traceTool(async (order) => `order ${order} is on its way`, { name: "lookup" });
  const answer = traceChain(async () => lookup(7), { name: "answer" });
  await answer("Where is my order?");
  await provider.shutdown();
};

for (const batch of [true, false]) {
  test(`phoenix-otel exports, batch ${batch}`, async () => {
    const project = newProject("phoenix-otel-js");
    await traced(project, batch);

    const stored = await spans(project);
    assert.deepEqual(Object.keys(stored).sort(), ["answer", "lookup"]);
    assert.equal(stored.answer.span_kind, "CHAIN");
    assert.equal(stored.answer.attributes["input.value"], "Where is my order?");
    assert.equal(stored.lookup.span_kind, "TOOL");
    assert.equal(stored.lookup.parent_id, stored.answer.context.span_id);
    assert.equal(stored.lookup.attributes["output.value"], "order 7 is on its way");
  });
}

test("phoenix-client reads", async () => {
  const project = newProject("phoenix-client-js");
  await traced(project, true);
  const client = createClient({ options: { baseUrl } });

  const { data: projects } = await client.GET("/v1/projects", {});
  assert.ok(projects.data.some((listed) => listed.name === project));
  const { spans: tools } = await getSpans({ client, project: { projectName: project }, spanKind: "TOOL" });
  assert.deepEqual(
    tools.map((span) => span.name),
    ["lookup"],
  );
});

test("phoenix-client logs spans", async () => {
  const project = newProject("phoenix-client-js-log");
  const client = createClient({ options: { baseUrl } });
  const span = {
    name: "answer",
    context: { trace_id: randomBytes(16).toString("hex"), span_id: randomBytes(8).toString("hex") },
    span_kind: "CHAIN",
    start_time: "2026-01-01T00:00:00+00:00",
    end_time: "2026-01-01T00:00:01+00:00",
    status_code: "OK",
    attributes: { "input.value": "Where is my order?" },
  };

  await logSpans({ client, project: { projectName: project }, spans: [span] });

  const { answer } = await spans(project);
  assert.deepEqual(answer.context, span.context);
  assert.deepEqual(answer.attributes, span.attributes);
  await assert.rejects(logSpans({ client, project: { projectName: project }, spans: [span] }));
});
