/** Why a request to the server failed, in terms a person can act on. */
export type ApiErrorKind =
  | "unreachable"
  | "timeout"
  | "not-found"
  | "unauthorized"
  | "forbidden"
  | "rate-limited"
  | "refused"
  | "server";

export class ApiError extends Error {
  readonly kind: ApiErrorKind;
  readonly detail: string;

  constructor(kind: ApiErrorKind, message: string, detail = "") {
    super(message);
    this.name = "ApiError";
    this.kind = kind;
    this.detail = detail;
  }
}

const SNIPPET = 300;

export function unreachable(cause: unknown): ApiError {
  return new ApiError(
    "unreachable",
    "Could not reach the server. Check that it is running.",
    cause instanceof Error ? cause.message : String(cause),
  );
}

/** A gateway's page, an empty body, a REST problem: made readable, with the status and the start of the body. */
export function httpError(status: number, body: string): ApiError {
  const snippet = `HTTP ${status}${body ? `: ${body.slice(0, SNIPPET)}` : ", empty body"}`;
  if (status === 504 || status === 408) {
    return new ApiError("timeout", "The server took too long to answer. A shorter time range is faster.", snippet);
  }
  if (status === 502 || status === 503) {
    return new ApiError("unreachable", "The server is not ready to answer.", snippet);
  }
  if (status === 429) return new ApiError("rate-limited", "Too many requests. Wait a moment and try again.", snippet);
  if (status === 401) return new ApiError("unauthorized", "You are not logged in.", snippet);
  if (status === 403) return new ApiError("forbidden", "Your account may not do this.", snippet);
  if (status === 404) return new ApiError("not-found", "Not found.", snippet);
  return new ApiError("server", "The server could not answer.", snippet);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
