// Annotation configs, projects, traces, sessions, annotations and notes through the published client. With PHOENIX_ADMIN_SECRET
// set, against a server where callers log in.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { test } from "node:test";
import { createClient } from "@arizeai/phoenix-client";
import { getSpans, logSpans } from "@arizeai/phoenix-client/spans";
import { baseUrl, newProject } from "./server.js";

const client = createClient({ options: { baseUrl } });
// Deleting projects is for admins, whom no key of the system stands for.
const secret = process.env.PHOENIX_ADMIN_SECRET;
const admin = secret ? createClient({ options: { baseUrl, headers: { Authorization: `Bearer ${secret}` } } }) : client;

/** A session of one trace with two spans. */
const stored = async (project) => {
  const traceId = randomBytes(16).toString("hex");
  const span = (name, parentId) => ({
    name,
    context: { trace_id: traceId, span_id: randomBytes(8).toString("hex") },
    span_kind: "CHAIN",
    parent_id: parentId,
    start_time: "2026-01-01T00:00:00+00:00",
    end_time: "2026-01-01T00:00:01+00:00",
    status_code: "OK",
    attributes: { "session.id": `${project}-session` },
  });
  const answer = span("answer");
  const lookup = span("lookup", answer.context.span_id);
  await logSpans({ client, project: { projectName: project }, spans: [answer, lookup] });
  return { traceId, answer, lookup, session: `${project}-session` };
};

const names = async (project) => {
  const { spans } = await getSpans({ client, project: { projectName: project } });
  return spans.map((span) => span.name).sort();
};

test("annotation configs are created, changed, offered by a project and deleted", async () => {
  const project = newProject("client-js-configs");
  await client.POST("/v1/projects", { body: { name: project } });
  const name = newProject("correctness");
  const body = {
    type: "CATEGORICAL",
    name,
    optimization_direction: "MAXIMIZE",
    values: [{ label: "right", score: 1 }, { label: "wrong" }],
  };
  const { data: created } = await client.POST("/v1/annotation_configs", { body });
  assert.equal(created.data.name, name);
  assert.deepEqual(created.data.values[1], { label: "wrong", score: null });

  const path = { project_identifier: project, config_identifier: name };
  await client.PUT("/v1/projects/{project_identifier}/annotation_configs/{config_identifier}", { params: { path } });
  const offered = await client.GET("/v1/projects/{project_identifier}/annotation_configs", { params: { path } });
  assert.deepEqual(offered.data.data, [created.data]);

  const { data: updated } = await client.PUT("/v1/annotation_configs/{config_id}", {
    params: { path: { config_id: created.data.id } },
    body: { type: "CONTINUOUS", name, optimization_direction: "MINIMIZE", lower_bound: 0, upper_bound: 1 },
  });
  assert.equal(updated.data.type, "CONTINUOUS");
  const { data: deleted } = await client.DELETE("/v1/annotation_configs/{config_id}", {
    params: { path: { config_id: updated.data.id } },
  });
  assert.deepEqual(deleted.data, updated.data);
});

test("a project is deleted with what it holds", async () => {
  const project = newProject("client-js-project");
  await stored(project);
  const path = { project_identifier: project };
  await admin.DELETE("/v1/projects/{project_identifier}", { params: { path } });
  await assert.rejects(client.GET("/v1/projects/{project_identifier}", { params: { path } }));
});

test("traces are moved and deleted", async () => {
  const [from, to] = [newProject("client-js-from"), newProject("client-js-to")];
  const { traceId } = await stored(from);
  await client.POST("/v1/projects", { body: { name: to } });
  const { data } = await client.POST("/v1/traces/transfer", {
    body: { trace_identifiers: [traceId], destination_project_identifier: to },
  });
  assert.equal(data.data.transferred_trace_count, 1);
  assert.deepEqual(await names(from), []);
  assert.deepEqual(await names(to), ["answer", "lookup"]);
  await client.DELETE("/v1/traces/{trace_identifier}", { params: { path: { trace_identifier: traceId } } });
  assert.deepEqual(await names(to), []);
});

test("spans are exported in the notation of OTLP", async () => {
  const project = newProject("client-js-otlp");
  const { lookup } = await stored(project);
  const { data } = await client.GET("/v1/projects/{project_identifier}/spans/otlpv1", {
    params: { path: { project_identifier: project }, query: { name: ["lookup"] } },
  });
  const [span] = data.data;
  assert.equal(span.span_id, lookup.context.span_id);
  assert.equal(span.parent_span_id, lookup.parent_id);
  assert.equal(span.start_time_unix_nano, 1767225600000000000);
});

test("a session is read and deleted", async () => {
  const project = newProject("client-js-session");
  const { session, traceId } = await stored(project);
  const path = { session_identifier: session };
  const { data } = await client.GET("/v1/sessions/{session_identifier}", { params: { path } });
  assert.deepEqual(
    data.data.traces.map((trace) => trace.trace_id),
    [traceId],
  );
  await client.DELETE("/v1/sessions/{session_identifier}", { params: { path } });
  assert.deepEqual(await names(project), []);
});

test("spans, traces and sessions are annotated, again, and no longer", async () => {
  const project = newProject("client-js-annotations");
  const { answer, traceId, session } = await stored(project);
  const targets = [
    ["span", "span_id", "span_ids", answer.context.span_id],
    ["trace", "trace_id", "trace_ids", traceId],
    ["session", "session_id", "session_ids", session],
  ];
  const params = { query: { sync: true } };
  for (const [kind, member, list, id] of targets) {
    const annotate = (score) =>
      client.POST(`/v1/${kind}_annotations`, {
        params,
        body: { data: [{ [member]: id, name: "quality", annotator_kind: "HUMAN", identifier: "me", result: { score } }] },
      });
    const { data: first } = await annotate(0.5);
    const { data: again } = await annotate(0);
    assert.deepEqual(again.data, first.data);
    const { data: noted } = await client.POST(`/v1/${kind}_notes`, { body: { data: { [member]: id, note: "looks fine" } } });
    const path = { project_identifier: project };
    const listed = async () => {
      const { data } = await client.GET(`/v1/projects/{project_identifier}/${kind}_annotations`, {
        params: { path, query: { [list]: [id] } },
      });
      return data.data.map((one) => [one.id, one.name, one.result.score, one.result.explanation]);
    };
    assert.deepEqual(await listed(), [
      [noted.data.id, "note", null, "looks fine"],
      [first.data[0].id, "quality", 0, null],
    ]);
    await client.DELETE(`/v1/projects/{project_identifier}/${kind}_annotations`, {
      params: { path, query: { name: "quality", delete_all: true } },
    });
    assert.deepEqual(
      (await listed()).map(([id]) => id),
      [noted.data.id],
    );
  }
});

test("what is not there cannot be deleted twice", async () => {
  const project = newProject("client-js-twice");
  const { answer, traceId } = await stored(project);
  const remove = (kind, id) =>
    client.DELETE(`/v1/${kind}s/{${kind}_identifier}`, { params: { path: { [`${kind}_identifier`]: id } } });
  await remove("span", answer.context.span_id);
  await assert.rejects(remove("span", answer.context.span_id), /404/);
  await remove("trace", traceId);
  await assert.rejects(remove("trace", traceId), /404/);
  assert.deepEqual(await names(project), []);
});
