import { expect, it } from "vitest";
import { isServerOwned, safeReturnUrl } from "./returnUrl";

it.each([
  ["/projects/abc/spans?timeRangeKey=12h#x", "/projects/abc/spans?timeRangeKey=12h#x"],
  ["/oauth2/authorize?client_id=1", "/oauth2/authorize?client_id=1"],
  [null, "/"],
  ["", "/"],
  ["projects", "/"],
  ["//evil.example", "/"],
  ["///evil.example", "/"],
  ["/\\evil.example", "/"],
  ["/\t/evil.example", "/"],
  ["/..//evil.example", "/"],
  ["https://evil.example", "/"],
  ["javascript:alert(1)", "/"],
  ["/login?returnUrl=/login", "/"],
  ["/logout", "/"],
])("after logging in, %s leads to %s", (asked, led) => expect(safeReturnUrl(asked)).toBe(led));

it.each([
  ["/oauth2/authorize?x=1", true],
  ["/oauth2/consent", false],
  ["/v1/projects", true],
  ["/projects", false],
])("the server answers %s itself: %s", (path, owned) => expect(isServerOwned(path)).toBe(owned));
