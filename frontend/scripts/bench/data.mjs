// What the server holds, and where it is shown.
import { base } from "./browser.mjs";

const LARGE = 10_000;
const RANGE = "timeRangeKey=30d";

async function ask(query) {
  const response = await fetch(`${base}/graphql`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ query }),
  });
  const { data, errors } = await response.json();
  if (errors) throw new Error(JSON.stringify(errors));
  return data;
}

const { main, large } = await ask(`{
  main: getProjectByName(name: "read-0") {
    id
    traces(first: 1) { edges { node { traceId } } }
    sessions(first: 1) { edges { node { id } } }
  }
  large: getProjectByName(name: "read-traces") { id traces(first: 20) { edges { node { traceId numSpans } } } }
}`);

const ofProject = (id, rest = "") => `${base}/projects/${encodeURIComponent(id)}${rest}`;
const session = main.sessions.edges[0]?.node.id ?? null;

export const projects = `${base}/projects`;
export const spans = ofProject(main.id, `/spans?${RANGE}`);
/** Whatever the person has filtered by before. */
export const allSpans = `${spans}&spanFilterCondition=`;
export const traces = ofProject(main.id, `/traces?${RANGE}`);
export const sessions = ofProject(main.id, `/sessions?${RANGE}`);
export const oneTrace = ofProject(main.id, `/traces/${main.traces.edges[0].node.traceId}?${RANGE}`);
/** Null where nothing that was sent belongs to one. */
export const oneSession = session && ofProject(main.id, `/sessions/${encodeURIComponent(session)}?${RANGE}`);
export const tracesWithLarge = ofProject(large.id, `/traces?${RANGE}`);

/** The smallest first. */
export const largeTraces = large.traces.edges
  .map(({ node }) => node)
  .filter(({ numSpans }) => numSpans >= LARGE)
  .toSorted((a, b) => a.numSpans - b.numSpans);
