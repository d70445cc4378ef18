// Annotation configs, projects, traces, sessions, annotations and notes through the published client. With PHOENIX_ADMIN_SECRET
// set, against a server where callers log in.
import assert from "node:assert/strict";
import { randomBytes } from "node:crypto";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { createClient } from "@arizeai/phoenix-client";
import * as sessions from "@arizeai/phoenix-client/sessions";
import * as spans from "@arizeai/phoenix-client/spans";
import * as traces from "@arizeai/phoenix-client/traces";
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
  await spans.logSpans({ client, project: { projectName: project }, spans: [answer, lookup] });
  return { traceId, answer, lookup, session: `${project}-session` };
};

const names = async (project) => {
  const { spans: found } = await spans.getSpans({ client, project: { projectName: project } });
  return found.map((span) => span.name).sort();
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

test("annotation configs are listed page by page, found by name, given to projects and refused twice", async () => {
  const project = newProject("client-js-offered");
  await client.POST("/v1/projects", { body: { name: project } });
  const ids = [];
  for (const body of [
    { type: "FREEFORM", name: newProject("free"), threshold: 0.5 },
    { type: "CONTINUOUS", name: newProject("score"), optimization_direction: "NONE", lower_bound: 0, upper_bound: 1 },
    { type: "CATEGORICAL", name: newProject("label"), optimization_direction: "NONE", values: [{ label: "a" }] },
  ]) {
    const { data } = await client.POST("/v1/annotation_configs", { body });
    ids.unshift(data.data.id);
    const path = { config_identifier: body.name };
    const { data: byName } = await client.GET("/v1/annotation_configs/{config_identifier}", { params: { path } });
    assert.deepEqual(byName.data, data.data);
    await assert.rejects(client.POST("/v1/annotation_configs", { body }), /409/);
  }
  const path = { project_identifier: project };
  const offered = "/v1/projects/{project_identifier}/annotation_configs";
  const { data: set } = await client.PUT(offered, { params: { path }, body: { annotation_config_ids: [...ids, ids[0]] } });
  assert.deepEqual(
    set.data.map((config) => config.id),
    ids,
  );
  const listed = [];
  for (let cursor = undefined; cursor !== null; ) {
    const { data } = await client.GET(offered, { params: { path, query: { limit: 2, cursor } } });
    listed.push(...data.data.map((config) => config.id));
    cursor = data.next_cursor;
  }
  assert.deepEqual(listed, ids);
  const { data: newest } = await client.GET("/v1/annotation_configs", { params: { query: { limit: 1000 } } });
  assert.deepEqual(
    newest.data.map((config) => config.id).filter((id) => ids.includes(id)),
    ids,
  );
  const one = { ...path, config_identifier: ids[1] };
  await client.DELETE(`${offered}/{config_identifier}`, { params: { path: one } });
  await client.DELETE(`${offered}/{config_identifier}`, { params: { path: one } });
  const { data: left } = await client.GET(offered, { params: { path } });
  assert.equal(left.data.length, 2);
  const deleted = { params: { path: { config_id: ids[1] } } };
  await client.DELETE("/v1/annotation_configs/{config_id}", deleted);
  await assert.rejects(client.DELETE("/v1/annotation_configs/{config_id}", deleted), /404/);
});

test("projects are made, described and looked for", async () => {
  const name = newProject("client-js-described");
  const { data: created } = await client.POST("/v1/projects", { body: { name, description: "before" } });
  assert.equal(created.data.description, "before");
  const path = { project_identifier: created.data.id };
  const { data: updated } = await admin.PUT("/v1/projects/{project_identifier}", { params: { path }, body: { description: "after" } });
  assert.equal(updated.data.description, "after");
  const { data: found } = await client.GET("/v1/projects", { params: { query: { name_contains: name.toUpperCase() } } });
  assert.deepEqual(found.data, [updated.data]);
});

test("spans are chosen, annotated, noted and deleted by the helpers", async () => {
  const projectName = newProject("client-js-spans");
  const project = { projectName };
  const { answer, lookup, traceId } = await stored(projectName);
  const spanId = answer.context.span_id;
  const named = async (filter) => (await spans.getSpans({ client, project, ...filter })).spans.map((span) => span.name).sort();
  assert.deepEqual(await named({ traceIds: [traceId] }), ["answer", "lookup"]);
  assert.deepEqual(await named({ parentId: "null" }), ["answer"]);
  assert.deepEqual(await named({ parentId: spanId }), ["lookup"]);
  assert.deepEqual(await named({ name: ["answer", "other"] }), ["answer"]);
  assert.deepEqual(await named({ spanKind: ["CHAIN"], statusCode: "OK" }), ["answer", "lookup"]);
  assert.deepEqual(await named({ attributes: { "session.id": `${projectName}-session` } }), ["answer", "lookup"]);
  assert.deepEqual(await named({ startTime: new Date("2026-01-01T00:00:01Z") }), []);
  const first = await spans.getSpans({ client, project, limit: 1 });
  const second = await spans.getSpans({ client, project, limit: 1, cursor: first.nextCursor });
  assert.deepEqual([first.spans[0].name, second.spans[0].name, second.nextCursor], ["lookup", "answer", null]);

  const spanAnnotation = { spanId, name: "quality", label: "good", score: 0, annotatorKind: "CODE", metadata: { by: "rule" } };
  const added = await spans.addSpanAnnotation({ client, spanAnnotation, sync: true });
  const again = await spans.logSpanAnnotations({ client, spanAnnotations: [spanAnnotation], sync: true });
  assert.deepEqual(again, [added]);
  const noted = await spans.addSpanNote({ client, spanNote: { spanId, note: "looks fine", identifier: "me" } });
  assert.deepEqual(await spans.addSpanNote({ client, spanNote: { spanId, note: "still", identifier: "me" } }), noted);
  const { annotations } = await spans.getSpanAnnotations({ client, project, spanIds: [spanId], includeAnnotationNames: ["quality"] });
  assert.deepEqual(
    annotations.map((one) => [one.id, one.result.label, one.result.score, one.metadata]),
    [[added.id, "good", 0, { by: "rule" }]],
  );

  const search = {
    ...lookup,
    name: "search",
    context: { trace_id: traceId, span_id: randomBytes(8).toString("hex") },
    span_kind: "RETRIEVER",
    attributes: { "retrieval.documents": [{ "document.content": "one" }] },
  };
  await spans.logSpans({ client, project, spans: [search] });
  const documentAnnotation = { spanId: search.context.span_id, documentPosition: 0, name: "relevance", score: 1 };
  const document = await spans.addDocumentAnnotation({ client, documentAnnotation, sync: true });
  assert.deepEqual(await spans.logDocumentAnnotations({ client, documentAnnotations: [documentAnnotation], sync: true }), [document]);
  await assert.rejects(
    spans.addDocumentAnnotation({ client, documentAnnotation: { ...documentAnnotation, documentPosition: 1 }, sync: true }),
    /422/,
  );
  await spans.deleteSpan({ client, spanIdentifier: search.context.span_id });
  await assert.rejects(spans.deleteSpan({ client, spanIdentifier: search.context.span_id }));
  assert.deepEqual(await names(projectName), ["answer", "lookup"]);
});

test("traces are listed, annotated and noted by the helpers", async () => {
  const projectName = newProject("client-js-traces");
  const project = { projectName };
  const { traceId, session } = await stored(projectName);
  const { traceId: other } = await stored(projectName);
  const listed = async (filter) => (await traces.getTraces({ client, project, ...filter })).traces.map((trace) => trace.trace_id);
  assert.deepEqual((await listed({ sessionId: session })).sort(), [traceId, other].sort());
  assert.deepEqual(await listed({ order: "asc" }), [traceId, other]);
  assert.deepEqual(await listed({ sort: "latency_ms", order: "desc" }), [other, traceId]);
  assert.deepEqual(await listed({ endTime: "2026-01-01T00:00:00Z" }), []);
  const first = await traces.getTraces({ client, project, limit: 1, includeSpans: true });
  assert.equal(first.traces[0].spans.length, 2);
  assert.deepEqual(await listed({ limit: 1, cursor: first.nextCursor }), [traceId]);

  const traceAnnotation = { traceId, name: "quality", score: 1, identifier: "me" };
  const added = await traces.addTraceAnnotation({ client, traceAnnotation, sync: true });
  assert.deepEqual(await traces.logTraceAnnotations({ client, traceAnnotations: [traceAnnotation], sync: true }), [added]);
  assert.ok((await traces.addTraceNote({ client, traceNote: { traceId, note: "fine" } })).id);
});

test("sessions are read turn by turn, annotated, noted and deleted by the helpers", async () => {
  const projectName = newProject("client-js-sessions");
  const { session, traceId } = await stored(projectName);
  const [listed] = await sessions.listSessions({ client, projectName });
  assert.equal(listed.sessionId, session);
  assert.deepEqual(await sessions.getSession({ client, sessionId: session }), listed);
  const turns = await sessions.getSessionTurns({ client, sessionId: session });
  assert.deepEqual(
    turns.map((turn) => [turn.traceId, turn.rootSpan.name]),
    [[traceId, "answer"]],
  );
  const sessionAnnotation = { sessionId: session, name: "quality", label: "good" };
  const added = await sessions.addSessionAnnotation({ client, sessionAnnotation, sync: true });
  assert.deepEqual(await sessions.logSessionAnnotations({ client, sessionAnnotations: [sessionAnnotation], sync: true }), [added]);
  assert.ok((await sessions.addSessionNote({ client, sessionNote: { sessionId: session, note: "fine" } })).id);
  await sessions.deleteSession({ client, sessionId: session });
  await assert.rejects(sessions.getSession({ client, sessionId: session }));
  const { session: second } = await stored(projectName);
  await sessions.deleteSessions({ client, sessionIds: [second, "unknown"] });
  assert.deepEqual(await sessions.listSessions({ client, projectName }), []);
  assert.deepEqual(await names(projectName), []);
});

test("every helper of the client for telemetry is tried here", async () => {
  const source = await readFile(new URL(import.meta.url), "utf8");
  for (const [resource, helpers] of Object.entries({ spans, traces, sessions })) {
    const calls = Object.keys(helpers).filter((name) => typeof helpers[name] === "function" && !name.endsWith("Error"));
    assert.ok(calls.length > 3);
    assert.deepEqual(
      calls.filter((name) => !source.includes(`${resource}.${name}(`)),
      [],
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
