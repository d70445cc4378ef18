/** Where the server under test is reached; the tests store what they need in projects of their own. */
export const base = (process.env.PHOENIX_BASE_URL ?? "http://localhost:6006").replace(/\/$/, "");

let projects = 0;

/** A name no other test, and no earlier run, has used. */
export function projectName(topic: string): string {
  projects++;
  return `${topic}-${Date.now().toString(36)}${process.env.VITEST_POOL_ID ?? ""}${projects}`;
}

export async function graphql<T>(query: string, variables: object = {}): Promise<T> {
  const response = await fetch(`${base}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query, variables }),
  });
  const body = (await response.json()) as { data: T; errors?: unknown };
  if (body.errors) throw new Error(JSON.stringify(body.errors));
  return body.data;
}

/** The address of a project's page. */
export async function projectPath(name: string): Promise<string> {
  const { getProjectByName: project } = await graphql<{ getProjectByName: { id: string } | null }>(
    "query ($name: String!) { getProjectByName(name: $name) { id } }",
    { name },
  );
  if (!project) throw new Error(`There is no project ${name}.`);
  return `/projects/${encodeURIComponent(project.id)}`;
}
