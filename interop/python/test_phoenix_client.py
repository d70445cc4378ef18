"""Projects, spans, traces, sessions, annotations and data frames through the published client, sync and async: what programs and their clean-up jobs do.

With PHOENIX_ADMIN_SECRET set, against a server where callers log in."""

import inspect
import os
import pathlib
import unittest
import uuid
from datetime import datetime, timedelta, timezone

import httpx
import pandas
from phoenix.client import AsyncClient, Client
from phoenix.client.helpers.spans import (
    async_get_input_output_context,
    async_get_retrieved_documents,
    get_input_output_context,
    get_retrieved_documents,
    uniquify_spans_dataframe,
)
from phoenix.client.types.spans import SpanQuery

from server import BASE_URL, new_project

START = datetime(2026, 1, 1, tzinfo=timezone.utc)


def span(trace_id, name, seconds=0, parent=None, session=None, **attributes):
    kind = attributes.pop("kind", "CHAIN")
    return {
        "name": name,
        "context": {"trace_id": trace_id, "span_id": uuid.uuid4().hex[:16]},
        "span_kind": kind,
        "parent_id": parent["context"]["span_id"] if parent else None,
        "start_time": (START + timedelta(seconds=seconds)).isoformat(),
        "end_time": (START + timedelta(seconds=seconds + 1)).isoformat(),
        "status_code": "OK",
        "attributes": attributes | ({"session.id": session} if session else {}),
    }


class Scenario:
    """Runs with either client: what a call gives is awaited if it has to be."""

    def client(self, **more):
        raise NotImplementedError

    def admin(self):
        """Changing and deleting projects is for admins, whom no key of the system stands for."""
        secret = os.environ.get("PHOENIX_ADMIN_SECRET")
        return self.client(api_key=secret) if secret else self.client()

    @staticmethod
    async def value(result):
        return await result if inspect.isawaitable(result) else result

    async def stored(self, project):
        """A session of two traces, the first of two spans."""
        session = project + "-session"
        first, second = uuid.uuid4().hex, uuid.uuid4().hex
        answer = span(first, "answer", session=session, **{"input.value": "Where is my order?", "output.value": "On its way"})
        lookup = span(first, "lookup", parent=answer, kind="TOOL", **{"customer.tier": "gold"})
        later = span(second, "later", seconds=60, session=session)
        await self.value(self.client().spans.log_spans(project_identifier=project, spans=[answer, lookup, later]))
        return answer, lookup, later, session

    async def names(self, project, **filters):
        found = await self.value(self.client().spans.get_spans(project_identifier=project, **filters))
        return {one["name"] for one in found}

    async def test_a_project_is_created_changed_and_deleted(self):
        projects = self.admin().projects
        name = new_project("client-project")
        created = await self.value(projects.create(name=name, description="before"))
        self.assertEqual((created["name"], created["description"]), (name, "before"))
        updated = await self.value(projects.update(project_name=name, description="after"))
        self.assertEqual((updated["id"], updated["description"]), (created["id"], "after"))
        self.assertEqual(await self.value(projects.get(project_id=created["id"])), updated)
        listed = await self.value(projects.list(name_contains=name))
        self.assertEqual([project["id"] for project in listed], [created["id"]])
        await self.value(projects.delete(project_name=name))
        with self.assertRaises(httpx.HTTPStatusError):
            await self.value(projects.get(project_name=name))

    async def test_spans_are_found_by_what_is_known_of_them(self):
        project = new_project("client-spans")
        answer, lookup, later, _ = await self.stored(project)
        self.assertEqual(await self.names(project), {"answer", "lookup", "later"})
        self.assertEqual(await self.names(project, trace_ids=[answer["context"]["trace_id"]]), {"answer", "lookup"})
        self.assertEqual(await self.names(project, span_ids=[later["context"]["span_id"]]), {"later"})
        self.assertEqual(await self.names(project, parent_id="null"), {"answer", "later"})
        self.assertEqual(await self.names(project, name="lookup"), {"lookup"})
        self.assertEqual(await self.names(project, span_kind="TOOL"), {"lookup"})
        self.assertEqual(await self.names(project, attributes={"customer.tier": "gold"}), {"lookup"})
        self.assertEqual(await self.names(project, start_time=START + timedelta(seconds=30)), {"later"})
        self.assertEqual(len(await self.names(project, limit=1)), 1)

    async def test_a_span_is_deleted(self):
        project = new_project("client-delete-span")
        _, lookup, _, _ = await self.stored(project)
        await self.value(self.client().spans.delete(span_identifier=lookup["context"]["span_id"]))
        self.assertEqual(await self.names(project), {"answer", "later"})

    async def test_traces_are_listed_in_either_order(self):
        project = new_project("client-traces")
        answer, _, later, session = await self.stored(project)
        ids = [answer["context"]["trace_id"], later["context"]["trace_id"]]
        traces = self.client().traces
        newest = await self.value(traces.get_traces(project_identifier=project, include_spans=True))
        self.assertEqual([trace["trace_id"] for trace in newest], ids[::-1])
        self.assertEqual([one["name"] for one in newest[1]["spans"]], ["answer", "lookup"])
        oldest = await self.value(traces.get_traces(project_identifier=project, order="asc", session_id=session, limit=1))
        self.assertEqual([trace["trace_id"] for trace in oldest], ids[:1])

    async def test_everything_can_be_annotated(self):
        project = new_project("client-annotations")
        answer, _, _, session = await self.stored(project)
        client = self.client()
        result = {"annotation_name": "quality", "annotator_kind": "CODE", "label": "good", "score": 1.0, "sync": True}
        annotated = [
            await self.value(client.spans.add_span_annotation(span_id=answer["context"]["span_id"], **result)),
            await self.value(client.traces.add_trace_annotation(trace_id=answer["context"]["trace_id"], **result)),
            await self.value(client.sessions.add_session_annotation(session_id=session, **result)),
        ]
        self.assertTrue(all(one["id"] for one in annotated))
        found = await self.value(
            client.spans.get_span_annotations(span_ids=[answer["context"]["span_id"]], project_identifier=project)
        )
        self.assertEqual([one["result"]["label"] for one in found], ["good"])

    async def test_notes_and_annotations_of_documents_are_added(self):
        project = new_project("client-notes")
        answer, _, _, _ = await self.stored(project)
        span_id = answer["context"]["span_id"]
        spans = self.client().spans
        note = await self.value(spans.add_span_note(span_id=span_id, note="looks fine"))
        self.assertTrue(note["id"])
        noted = await self.value(
            spans.get_span_annotations(span_ids=[span_id], project_identifier=project, exclude_annotation_names=[])
        )
        self.assertEqual([one["result"]["explanation"] for one in noted], ["looks fine"])
        retriever = span(uuid.uuid4().hex, "search", kind="RETRIEVER", **{"retrieval.documents": [{"document.content": "one"}]})
        await self.value(spans.log_spans(project_identifier=project, spans=[retriever]))
        added = await self.value(
            spans.add_document_annotation(
                span_id=retriever["context"]["span_id"], document_position=0, annotation_name="relevance", score=1.0, sync=True
            )
        )
        self.assertTrue(added["id"])

    async def test_spans_are_read_as_a_data_frame(self):
        project = new_project("client-frames")
        await self.stored(project)
        spans = self.client().spans
        frame = await self.value(spans.get_spans_dataframe(project_identifier=project))
        self.assertEqual(set(frame["name"]), {"answer", "lookup", "later"})
        self.assertEqual(frame.index.name, "context.span_id")
        query = SpanQuery().where("span_kind == 'TOOL'").select("name", "customer.tier")
        found = await self.value(spans.get_spans_dataframe(query=query, project_identifier=project))
        self.assertEqual(found.to_dict("records"), [{"name": "lookup", "customer.tier": "gold"}])
        roots = await self.value(spans.get_spans_dataframe(project_identifier=project, root_spans_only=True, limit=1))
        self.assertEqual(roots["name"].to_list(), ["later"])
        sessions = await self.value(self.client().sessions.get_sessions_dataframe(project_name=project))
        self.assertEqual(len(sessions), 1)

    async def test_data_frames_of_annotations_are_logged_and_read(self):
        project = new_project("client-annotation-frames")
        answer, lookup, _, session = await self.stored(project)
        client = self.client()
        ids = [one["context"]["span_id"] for one in (answer, lookup)]
        what = {"annotation_name": "quality", "annotator_kind": "LLM", "sync": True}
        logged = [
            await self.value(
                client.spans.log_span_annotations_dataframe(
                    dataframe=pandas.DataFrame({"span_id": ids, "label": ["good", "bad"], "score": [1, 0]}), **what
                )
            ),
            await self.value(
                client.traces.log_trace_annotations_dataframe(
                    dataframe=pandas.DataFrame({"trace_id": [answer["context"]["trace_id"]], "label": ["good"]}), **what
                )
            ),
            await self.value(
                client.sessions.log_session_annotations_dataframe(
                    dataframe=pandas.DataFrame({"session_id": [session], "score": [0.5]}), **what
                )
            ),
        ]
        self.assertEqual([len(one) for one in logged], [2, 1, 1])
        frame = await self.value(client.spans.get_span_annotations_dataframe(span_ids=ids, project_identifier=project))
        self.assertEqual(dict(zip(frame.index, frame["result.label"])), dict(zip(ids, ["good", "bad"])))

    async def test_annotations_are_logged_in_lists(self):
        project = new_project("client-annotation-lists")
        answer, _, _, session = await self.stored(project)
        retriever = span(uuid.uuid4().hex, "search", kind="RETRIEVER", **{"retrieval.documents": [{"document.content": "one"}]})
        client = self.client()
        await self.value(client.spans.log_spans(project_identifier=project, spans=[retriever]))
        what = {"name": "quality", "annotator_kind": "CODE", "result": {"label": "good", "score": 0.0}, "metadata": {"by": "rule"}}
        span_id = answer["context"]["span_id"]
        trace_id = answer["context"]["trace_id"]
        document = {"span_id": retriever["context"]["span_id"], "document_position": 0}
        frame = pandas.DataFrame([document | {"label": "relevant", "explanation": "says so"}])
        logged = [
            await self.value(
                client.spans.log_span_annotations(
                    span_annotations=[what | {"span_id": span_id, "identifier": run} for run in ("1", "2")], sync=True
                )
            ),
            await self.value(client.traces.log_trace_annotations(trace_annotations=[what | {"trace_id": trace_id}], sync=True)),
            await self.value(
                client.sessions.log_session_annotations(session_annotations=[what | {"session_id": session}], sync=True)
            ),
            await self.value(client.spans.log_document_annotations(document_annotations=[what | document], sync=True)),
            await self.value(
                client.spans.log_document_annotations_dataframe(
                    dataframe=frame, annotation_name="relevance", annotator_kind="LLM", sync=True
                )
            ),
        ]
        self.assertEqual([len({one["id"] for one in ids}) for ids in logged], [2, 1, 1, 1, 1])
        read = await self.value(client.spans.get_span_annotations(spans=[answer], project_identifier=project))
        self.assertEqual({one["identifier"]: one["metadata"] for one in read}, {"1": {"by": "rule"}, "2": {"by": "rule"}})
        self.assertEqual([one["result"]["score"] for one in read], [0, 0])
        with self.assertRaises(httpx.HTTPStatusError):
            await self.value(client.spans.log_document_annotations(document_annotations=[what | document | {"document_position": 1}], sync=True))

    async def test_annotations_are_chosen_by_name(self):
        project = new_project("client-annotation-names")
        answer, lookup, _, _ = await self.stored(project)
        client = self.client()
        ids = [one["context"]["span_id"] for one in (answer, lookup)]
        for name in ("a", "b", "c"):
            for span_id in ids:
                await self.value(client.spans.add_span_annotation(span_id=span_id, annotation_name=name, score=1, sync=True))

        async def named(**names):
            found = await self.value(
                client.spans.get_span_annotations(span_ids=ids, project_identifier=project, limit=2, **names)
            )
            return sorted(one["name"] for one in found)

        self.assertEqual(await named(), ["a", "a", "b", "b", "c", "c"])
        self.assertEqual(await named(include_annotation_names=["a", "c"]), ["a", "a", "c", "c"])
        self.assertEqual(await named(exclude_annotation_names=["b"]), ["a", "a", "c", "c"])

    async def test_traces_are_chosen_and_paged(self):
        project = new_project("client-trace-filters")
        client = self.client()
        trace_ids = [uuid.uuid4().hex for _ in range(120)]
        spans = [span(trace_id, "one", seconds=i) for i, trace_id in enumerate(trace_ids)]
        slow = spans[3] | {"end_time": (START + timedelta(seconds=60)).isoformat(), "status_code": "ERROR"}
        await self.value(client.spans.log_spans(project_identifier=project, spans=[*spans[:3], slow, *spans[4:]]))

        async def found(**filters):
            traces = await self.value(client.traces.get_traces(project_identifier=project, limit=200, **filters))
            return [trace["trace_id"] for trace in traces]

        self.assertEqual(await found(), trace_ids[::-1])
        self.assertEqual(await found(order="asc"), trace_ids)
        self.assertEqual((await found(sort="latency_ms"))[0], trace_ids[3])
        self.assertEqual(sorted(await found(sort="latency_ms", order="asc")), sorted(trace_ids))
        self.assertEqual(await found(error=True), [trace_ids[3]])
        self.assertEqual(await found(min_latency_ms=2000), [trace_ids[3]])
        self.assertEqual(len(await found(error=False, max_latency_ms=1000)), 119)
        self.assertEqual(await found(start_time=START + timedelta(seconds=118)), trace_ids[118:][::-1])
        self.assertEqual(await found(end_time=START + timedelta(seconds=1)), trace_ids[:1])
        self.assertEqual(len(await self.names(project, limit=500)), 1)
        listed = await self.value(client.spans.get_spans(project_identifier=project, limit=500))
        self.assertEqual(sorted(one["context"]["trace_id"] for one in listed), sorted(trace_ids))
        self.assertEqual(await self.names(project, status_code="ERROR", end_time=START + timedelta(seconds=4)), {"one"})

    async def test_a_data_frame_of_spans_is_copied_to_another_project(self):
        project, copied = new_project("client-from"), new_project("client-copy")
        await self.stored(project)
        client = self.client()
        frame = await self.value(client.spans.get_spans_dataframe(project_identifier=project))
        answer = await self.value(
            client.spans.log_spans_dataframe(project_identifier=copied, spans_dataframe=uniquify_spans_dataframe(frame))
        )
        self.assertEqual((answer["total_received"], answer["total_queued"]), (3, 3))
        self.assertEqual(await self.names(copied), {"answer", "lookup", "later"})
        again = await self.value(client.spans.get_spans_dataframe(project_name=copied))
        columns = ["name", "span_kind", "start_time", "attributes.customer", "attributes.input.value"]
        one, other = (df.sort_values("name")[columns].reset_index(drop=True) for df in (frame, again))
        pandas.testing.assert_frame_equal(one, other)
        self.assertEqual(len(again["context.trace_id"].unique()), 2)

    async def test_retrieved_documents_and_their_questions_are_put_side_by_side(self):
        project = new_project("client-rag")
        trace_id = uuid.uuid4().hex
        question = span(trace_id, "ask", **{"input.value": "Where?", "output.value": "There"})
        documents = [{"document.content": "one", "document.score": 0.5}, {"document.content": "two", "document.score": 0.25}]
        search = span(trace_id, "search", parent=question, kind="RETRIEVER", **{"input.value": "Where?", "retrieval.documents": documents})
        client = self.client()
        await self.value(client.spans.log_spans(project_identifier=project, spans=[question, search]))
        retrieved, context = (
            (async_get_retrieved_documents, async_get_input_output_context)
            if isinstance(client, AsyncClient)
            else (get_retrieved_documents, get_input_output_context)
        )
        found = await self.value(retrieved(client, project_identifier=project))
        self.assertEqual(found["document"].to_list(), ["one", "two"])
        self.assertEqual(found["document_score"].to_list(), [0.5, 0.25])
        joined = await self.value(context(client, project_identifier=project))
        self.assertEqual(joined[["input", "output", "context"]].to_dict("records"), [{"input": "Where?", "output": "There", "context": "one\n\ntwo"}])

    async def test_sessions_are_paged(self):
        project = new_project("client-session-pages")
        client = self.client()
        sessions = [f"{project}-{i:03}" for i in range(130)]
        spans = [span(uuid.uuid4().hex, "one", seconds=i, session=session) for i, session in enumerate(sessions)]
        await self.value(client.spans.log_spans(project_identifier=project, spans=spans))
        listed = await self.value(client.sessions.list(project_name=project))
        self.assertEqual([one["session_id"] for one in listed], sessions)
        project_id = (await self.value(client.projects.get(project_name=project)))["id"]
        few = await self.value(client.sessions.list(project_id=project_id, limit=3))
        self.assertEqual([one["session_id"] for one in few], sessions[:3])
        frame = await self.value(client.sessions.get_sessions_dataframe(project_id=project_id, limit=110))
        self.assertEqual(len(frame), 110)
        await self.value(client.sessions.bulk_delete(session_ids=[one["id"] for one in listed]))
        self.assertEqual(await self.value(client.sessions.list(project_name=project)), [])

    async def test_projects_are_named_by_their_id_too(self):
        projects = self.admin().projects
        name = new_project("client-by-id")
        created = await self.value(projects.create(name=name))
        updated = await self.value(projects.update(project_id=created["id"], description="by id"))
        self.assertEqual(updated["description"], "by id")
        self.assertEqual(await self.value(projects.get(project_name=name)), updated)
        with self.assertRaises(httpx.HTTPStatusError) as refused:
            await self.value(projects.create(name=name))
        self.assertEqual(refused.exception.response.status_code, 409)
        await self.value(projects.delete(project_id=created["id"]))
        with self.assertRaises(httpx.HTTPStatusError):
            await self.value(projects.delete(project_id=created["id"]))

    async def test_a_session_is_read_turn_by_turn_and_deleted(self):
        project = new_project("client-sessions")
        answer, _, later, session = await self.stored(project)
        sessions = self.client().sessions
        listed = await self.value(sessions.list(project_name=project))
        self.assertEqual([one["session_id"] for one in listed], [session])
        found = await self.value(sessions.get(session_id=session))
        self.assertEqual(found, listed[0])
        self.assertEqual(
            [trace["trace_id"] for trace in found["traces"]],
            [answer["context"]["trace_id"], later["context"]["trace_id"]],
        )
        turns = await self.value(sessions.get_session_turns(session_id=session))
        self.assertEqual([turn["trace_id"] for turn in turns], [trace["trace_id"] for trace in found["traces"]])
        await self.value(sessions.delete(session_id=found["id"]))
        self.assertEqual(await self.names(project), set())
        with self.assertRaises(httpx.HTTPStatusError):
            await self.value(sessions.get(session_id=session))

    async def test_several_sessions_are_deleted_at_once(self):
        project = new_project("client-bulk")
        *_, session = await self.stored(project)
        await self.value(self.client().sessions.bulk_delete(session_ids=[session, "unknown"]))
        self.assertEqual(await self.names(project), set())


class CoverageTest(unittest.TestCase):
    """What a newer client can do is not tried before somebody writes how."""

    def test_every_call_of_the_client_is_made(self):
        source = pathlib.Path(__file__).read_text()
        client = Client(base_url=BASE_URL)
        calls = {
            f"{resource}.{name}("
            for resource in ("projects", "spans", "traces", "sessions")
            for name, _ in inspect.getmembers(getattr(client, resource), inspect.ismethod)
            if not name.startswith("_")
        }
        self.assertGreater(len(calls), 30)
        self.assertEqual({call for call in calls if call not in source}, set())


class SyncClientTest(Scenario, unittest.IsolatedAsyncioTestCase):
    def client(self, **more):
        return Client(base_url=BASE_URL, **more)


class AsyncClientTest(Scenario, unittest.IsolatedAsyncioTestCase):
    def client(self, **more):
        return AsyncClient(base_url=BASE_URL, **more)


if __name__ == "__main__":
    unittest.main()
