import {
  Environment,
  Network,
  Observable,
  RecordSource,
  Store,
  type GraphQLResponse,
  type PayloadError,
} from "relay-runtime";
import { errorsText } from "../text/errors";
import { ApiError, httpError } from "./apiError";
import { persistently, watched } from "./connection";
import { sessionFetch } from "./session";
import { isRecord } from "./storage";
import { whenIdle } from "./whenIdle";

/** Results of pages left behind are kept, so that Back is instant. */
const RETAINED_QUERIES = 20;

export function createEnvironment(): Environment {
  return new Environment({
    network: Network.create((operation, variables) =>
      // An observable, not a promise: unsubscribing aborts the request.
      Observable.create((sink) => {
        const abort = new AbortController();
        const ask = () => watched(execute(operation.name, operation.text ?? "", variables, abort.signal));
        // A change is never sent twice by itself: nobody knows whether the first one arrived.
        const answer = operation.operationKind === "query" ? persistently(ask, abort.signal) : ask();
        answer.then(
          (response) => {
            sink.next(response);
            sink.complete();
          },
          (error: unknown) => {
            if (!abort.signal.aborted) sink.error(error instanceof Error ? error : new Error(String(error)));
          },
        );
        return () => abort.abort();
      }),
    ),
    store: new Store(new RecordSource(), {
      gcReleaseBufferSize: RETAINED_QUERIES,
      // One query after the other, between frames: together they would take longer than a frame.
      gcScheduler: whenIdle,
    }),
  });
}

async function execute(
  operationName: string,
  query: string,
  variables: object,
  signal: AbortSignal,
): Promise<GraphQLResponse> {
  const response = await sessionFetch("/graphql", {
    method: "POST",
    headers: { "content-type": "application/json", accept: "application/json" },
    body: JSON.stringify({ operationName, query, variables }),
    signal,
  });
  const body = await response.text();
  const payload = parse(body);
  if (!payload) throw httpError(response.status, body);
  if (payload.errors?.length) throw graphqlError(payload.errors);
  return payload as GraphQLResponse;
}

function parse(body: string): { data?: unknown; errors?: PayloadError[] } | null {
  try {
    const value: unknown = JSON.parse(body);
    return isRecord(value) && ("data" in value || "errors" in value) ? value : null;
  } catch {
    return null;
  }
}

function graphqlError(errors: PayloadError[]): ApiError {
  const [first] = errors;
  const message = first?.message ?? errorsText.refused;
  const extensions = isRecord(first) && isRecord(first.extensions) ? first.extensions : {};
  const code = String(extensions.code ?? extensions.classification ?? "");
  const detail = errors.map((error) => error.message).join("\n");
  if (/NOT_FOUND/i.test(code)) return new ApiError("not-found", message, detail);
  if (/UNAUTHORIZED|FORBIDDEN/i.test(code)) return new ApiError("forbidden", message, detail);
  return new ApiError("refused", message, detail);
}
