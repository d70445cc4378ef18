// The server under test, read through its REST API.

export const baseUrl = process.env.PHOENIX_BASE_URL ?? "http://localhost:6006";

// Where callers log in, the clients find a key of the system in their environment, made with the secret of the admins.
if (process.env.PHOENIX_ADMIN_SECRET) {
  const answer = await fetch(`${baseUrl}/v1/system/api_keys`, {
    method: "POST",
    headers: { "Content-Type": "application/json", Authorization: `Bearer ${process.env.PHOENIX_ADMIN_SECRET}` },
    body: JSON.stringify({ data: { name: "interop" } }),
  });
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  process.env.PHOENIX_API_KEY = (await answer.json()).data.key;
}

export const newProject = (prefix) => `${prefix}-${crypto.randomUUID().slice(0, 8)}`;

/** The project's spans by name, as `GET /v1/projects/{project}/spans` returns them. */
export const spans = async (project) => {
  const answer = await fetch(`${baseUrl}/v1/projects/${project}/spans`);
  if (!answer.ok) throw new Error(`${answer.status} ${await answer.text()}`);
  const { data } = await answer.json();
  return Object.fromEntries(data.map((span) => [span.name, span]));
};
