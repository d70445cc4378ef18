import { errorsText } from "../text/errors";

/** Why a request to the server failed, in terms a person can act on. */
export type ApiErrorKind =
  | "unreachable"
  | "timeout"
  | "not-found"
  | "unauthorized"
  | "forbidden"
  | "rate-limited"
  | "refused"
  | "outdated"
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
  return new ApiError("unreachable", errorsText.unreachable, cause instanceof Error ? cause.message : String(cause));
}

/** A gateway's page, an empty body, a REST problem: made readable, with the status and the start of the body. */
export function httpError(status: number, body: string): ApiError {
  const snippet = `HTTP ${status}${body ? `: ${body.slice(0, SNIPPET)}` : ", empty body"}`;
  if (status === 504 || status === 408) {
    return new ApiError("timeout", errorsText.timeout, snippet);
  }
  if (status === 502 || status === 503) {
    return new ApiError("unreachable", errorsText.notReady, snippet);
  }
  if (status === 429) return new ApiError("rate-limited", errorsText.rateLimited, snippet);
  if (status === 401) return new ApiError("unauthorized", errorsText.unauthorized, snippet);
  if (status === 403) return new ApiError("forbidden", errorsText.forbidden, snippet);
  if (status === 404) return new ApiError("not-found", errorsText.notFound, snippet);
  return new ApiError("server", errorsText.server, snippet);
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
