import { httpError, unreachable } from "./apiError";
import { serverUrl } from "./config";

/** Requests that are made without a session. They resolve or throw what a person can read. */
async function post(path: string, body: object): Promise<void> {
  const response = await fetch(serverUrl(path), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
  }).catch((cause: unknown) => {
    throw unreachable(cause);
  });
  if (!response.ok) throw new LoginError(response.status, await response.text());
}

/** What the server said in plain text, where it says it to people. */
export class LoginError extends Error {
  readonly status: number;

  constructor(status: number, body: string) {
    const isSpoken = (status === 401 || status === 422) && body !== "" && !body.startsWith("<");
    super(isSpoken ? body : httpError(status, body).message);
    this.status = status;
  }
}

export type Credentials = { method: "local" | "ldap"; name: string; password: string };

export function logIn({ method, name, password }: Credentials): Promise<void> {
  return method === "local"
    ? post("/auth/login", { email: name.trim().toLowerCase(), password })
    : post("/auth/ldap/login", { username: name.trim(), password });
}

export function requestPasswordReset(email: string): Promise<void> {
  return post("/auth/password-reset-email", { email: email.trim().toLowerCase() });
}

export function resetPassword(token: string, password: string): Promise<void> {
  return post("/auth/password-reset", { token, password });
}
