"""Projects, spans, traces, sessions, annotations and data frames through the published client, sync and async: what programs and their clean-up jobs do.

With PHOENIX_ADMIN_SECRET set, against a server where callers log in."""

import inspect
import os
import unittest
import uuid
from datetime import datetime, timedelta, timezone

import httpx
import pandas
from phoenix.client import AsyncClient, Client
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


class SyncClientTest(Scenario, unittest.IsolatedAsyncioTestCase):
    def client(self, **more):
        return Client(base_url=BASE_URL, **more)


class AsyncClientTest(Scenario, unittest.IsolatedAsyncioTestCase):
    def client(self, **more):
        return AsyncClient(base_url=BASE_URL, **more)


if __name__ == "__main__":
    unittest.main()
