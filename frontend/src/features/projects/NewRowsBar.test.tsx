import { expect, it } from "vitest";
import { afterMicrosecond } from "./NewRowsBar";

it.each([
  ["2026-11-21T12:00:00.000001+00:00", "2026-11-21T12:00:00.000002+00:00"],
  ["2026-11-21T12:00:00+00:00", "2026-11-21T12:00:00.000001+00:00"],
  ["2026-11-21T12:00:00.5Z", "2026-11-21T12:00:00.500001Z"],
  ["2026-11-21T12:00:59.999999+00:00", "2026-11-21T12:01:00.000Z"],
])("one microsecond after %s", (time, later) => expect(afterMicrosecond(time)).toBe(later));
