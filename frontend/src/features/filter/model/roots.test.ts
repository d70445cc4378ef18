import { describe, expect, it } from "vitest";
import { selectsRootsOnly } from "./roots";

describe("a condition", () => {
  it.each(["parent_id is None", "latency_ms > 5 and (parent_span is None)", "parent_id is None # all"])(
    "chooses roots only: %s",
    (condition) => expect(selectsRootsOnly(condition)).toBe(true),
  );
  it.each(["", "parent_id is not None", "parent_id is None or latency_ms > 5", "not parent_id is None", "'a' in name"])(
    "may choose others, too: %s",
    (condition) => expect(selectsRootsOnly(condition)).toBe(false),
  );
});
