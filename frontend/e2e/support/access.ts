import { spawn, type ChildProcess } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";

const READY_MS = 120_000;

export const admin = { email: "admin@localhost", password: "admin-of-the-tests" };
const SECRET = "only-for-tests-0123456789-abcdefghij";

export type AuthServer = {
  base: string;
  /** Ends and begins anew where it was, with what it had stored. */
  restart: (whileAway: () => Promise<void>) => Promise<void>;
  stop: () => Promise<void>;
};

/** A server on free ports where people log in; everything it knows is gone afterwards. */
export async function startAuthServer(settings: Record<string, string> = {}): Promise<AuthServer> {
  const folder = mkdtempSync(join(tmpdir(), "phoenix-access-"));
  const port = await freePort();
  const command = process.env.PHOENIX_E2E_SERVER ?? join(import.meta.dirname, "../../../phoenix");
  const grpcPort = await freePort();
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith("PHOENIX_"));
  const env = {
    ...Object.fromEntries(inherited),
    PHOENIX_PORT: String(port),
    PHOENIX_GRPC_PORT: String(grpcPort),
    PHOENIX_WORKING_DIR: folder,
    PHOENIX_ENABLE_AUTH: "true",
    PHOENIX_SECRET: SECRET,
    PHOENIX_DEFAULT_ADMIN_INITIAL_PASSWORD: admin.password,
    // Tests log in more often than people.
    PHOENIX_DISABLE_RATE_LIMIT: "true",
    ...settings,
  };
  const base = `http://localhost:${port}`;
  const start = async () => {
    const started = spawn(command, ["serve"], { env, stdio: ["ignore", "ignore", "inherit"] });
    await ready(base, started);
    return started;
  };
  let server = await start();
  const end = async () => {
    const gone = new Promise((resolve) => server.once("exit", resolve));
    server.kill();
    await gone;
  };
  return {
    base,
    restart: async (whileAway) => {
      await end();
      await whileAway();
      server = await start();
    },
    stop: async () => {
      await end();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function ready(base: string, server: ChildProcess): Promise<void> {
  const until = Date.now() + READY_MS;
  while (Date.now() < until) {
    if (server.exitCode !== null) throw new Error(`The server ended with ${server.exitCode} before it was ready.`);
    const answer = await fetch(`${base}/readyz`).catch(() => null);
    if (answer?.ok) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  server.kill();
  throw new Error(`The server was not ready after ${READY_MS / 1000} s.`);
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === "object" && address ? address.port : 0));
    });
  });
}

/** The cookies of a session, for requests of the tests themselves. */
export async function cookiesOf(base: string, email: string, password: string): Promise<string> {
  const response = await fetch(`${base}/auth/login`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ email, password }),
  });
  if (!response.ok) throw new Error(`Nobody could log in as ${email}: ${response.status}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(";")[0])
    .join("; ");
}

/** An account whose password its owner still has to choose. */
export async function createUser(
  base: string,
  email: string,
  role: "ADMIN" | "MEMBER" | "VIEWER",
  password: string,
): Promise<void> {
  await ask(
    base,
    await cookiesOf(base, admin.email, admin.password),
    "mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }",
    { input: { email, username: email.split("@")[0], role, password } },
  );
}

/** The same with the first password replaced, so that nothing stands between logging in and working. */
export async function createSettledUser(
  base: string,
  email: string,
  role: "ADMIN" | "MEMBER" | "VIEWER",
  password: string,
): Promise<void> {
  await createUser(base, email, role, `${password}-first`);
  await settle(base, email, `${password}-first`, password);
}

export async function settle(base: string, email: string, first: string, password: string): Promise<void> {
  await ask(
    base,
    await cookiesOf(base, email, first),
    "mutation ($input: PatchViewerInput!) { patchViewer(input: $input) { user { id } } }",
    { input: { currentPassword: first, newPassword: password } },
  );
}

async function ask(base: string, cookie: string, query: string, variables: object): Promise<void> {
  const response = await fetch(`${base}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json", cookie },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { errors?: unknown };
  if (body.errors) throw new Error(JSON.stringify(body.errors));
}
