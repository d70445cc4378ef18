import { describe, expect, it } from "vitest";
import { jsonLines, otlpJson, type Item } from "./notation";

const OTLP = String.raw`{
  "attributes": [
    {"key": "start_time_unix_nano", "value": {"array_value": null, "int_value": 9223372036854775807}},
    {"key": "a_key", "value": {"string_value": "kept_as_it_is \"int_value\":12"}}
  ],
  "end_time_unix_nano": 1763836800123456789, "events": null, "kind": "SPAN_KIND_INTERNAL", "name": "call",
  "parent_span_id": null, "span_id": "b", "start_time_unix_nano": 1763836800000000001,
  "status": {"code": 2, "message": null}, "trace_id": "a"
}`;

describe("OTLP JSON", () => {
  const span = otlpJson.parse(OTLP) as Item;

  it("has the names, the numbers and the kinds that receivers expect", () => {
    expect(JSON.parse(otlpJson.write(span, { span: null, trace: null }))).toEqual({
      attributes: [
        { key: "start_time_unix_nano", value: { intValue: "9223372036854775807" } },
        { key: "a_key", value: { stringValue: 'kept_as_it_is "int_value":12' } },
      ],
      endTimeUnixNano: "1763836800123456789",
      kind: 1,
      name: "call",
      spanId: "b",
      startTimeUnixNano: "1763836800000000001",
      status: { code: 2 },
      traceId: "a",
    });
  });

  it("knows a root by its missing parent", () => {
    expect(otlpJson.idsOf(span)).toEqual({ traceId: "a", spanId: "b", isRoot: true });
    expect(otlpJson.idsOf({ ...span, parent_span_id: "c" }).isRoot).toBe(false);
  });
});

describe("JSON lines", () => {
  it("keep all digits, and what was said beside the span", () => {
    const span = jsonLines.parse(
      '{"parent_id": "c", "context": {"trace_id": "a", "span_id": "b"}, "attributes": {"big": 9007199254740993, "small": 0.1}}',
    ) as Item;
    expect(jsonLines.idsOf(span)).toEqual({ traceId: "a", spanId: "b", isRoot: false });
    expect(jsonLines.write(span, { span: [{ name: "good" }], trace: null })).toBe(
      '{"parent_id":"c","context":{"trace_id":"a","span_id":"b"},"attributes":{"big":9007199254740993,"small":0.1},"span_annotations":[{"name":"good"}]}',
    );
  });
});
