import type { Json } from "../../../lib/json";
import { isRecord } from "../../../lib/storage";
import { text } from "./read";

export type Failure = { type: string | null; message: string; stack: string | null };

type Event = { readonly name: string; readonly message: string; readonly attributes: unknown };

/** What went wrong: the recorded exception, completed by the status message. */
export function readFailure(statusMessage: string, events: readonly Event[]): Failure | null {
  const exception = events.findLast((event) => event.name === "exception");
  const attributes = isRecord(exception?.attributes) ? (exception.attributes as { [key: string]: Json }) : {};
  const type = text(attributes["exception.type"]);
  const message = text(attributes["exception.message"]) ?? (exception?.message || null);
  const stack = text(attributes["exception.stacktrace"]);
  if (!exception && !statusMessage) return null;

  const status = splitStack(statusMessage);
  return { type, message: message ?? status.message, stack: stack ?? status.stack };
}

/** Some senders put the whole traceback into the status message. */
function splitStack(statusMessage: string): { message: string; stack: string | null } {
  const at = statusMessage.search(/Traceback \(most recent call last\)|\n\s+at /);
  if (at < 0) return { message: statusMessage, stack: null };
  const message = statusMessage.slice(0, at).trim();
  return { message: message || (statusMessage.split("\n")[0] ?? ""), stack: statusMessage.slice(at).trim() };
}
