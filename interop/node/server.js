// The server under test, read through its REST API.

export const baseUrl = process.env.PHOENIX_BASE_URL ?? "http://localhost:6006";

export const newProject = (prefix) => `${prefix}-${crypto.randomUUID().slice(0, 8)}`;

/** The project's spans by name, as `GET /v1/projects/{project}/spans` returns them. */
export const spans = async (project) => {
  const answer = await fetch(`${baseUrl}/v1/projects/${project}/spans`);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const { data } = await answer.json();
  return Object.fromEntries(data.map((span) => [span.name, span]));
};
