import { expect, it } from "vitest";
import { readFailure } from "./failure";

const exception = (attributes: object) => ({ name: "exception", message: "", attributes });

it("is the recorded exception", () => {
  const event = exception({
    "exception.type": "ValueError",
    "exception.message": "no such city",
    "exception.stacktrace": "Traceback",
  });
  expect(readFailure("anything", [event])).toEqual({
    type: "ValueError",
    message: "no such city",
    stack: "Traceback",
  });
});

it("is the status message where there is no exception, with a traceback taken apart", () => {
  expect(readFailure("429 too many requests", [])).toEqual({
    type: null,
    message: "429 too many requests",
    stack: null,
  });
  expect(readFailure("ValueError('x')Traceback (most recent call last):\n  File", [])).toEqual({
    type: null,
    message: "ValueError('x')",
    stack: "Traceback (most recent call last):\n  File",
  });
});

it("is nothing where nothing went wrong", () => {
  expect(readFailure("", [{ name: "first token", message: "", attributes: {} }])).toBeNull();
});

it("tolerates events without usable attributes", () => {
  expect(readFailure("broken", [exception([]), { name: "exception", message: "m", attributes: null }])).toEqual({
    type: null,
    message: "m",
    stack: null,
  });
});
