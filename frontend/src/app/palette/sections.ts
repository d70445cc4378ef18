import { serverUrl } from "../../lib/config";
import type { Visit } from "../../lib/recent";
import type { Shortcut } from "../../lib/shortcuts";
import { tracePath } from "../../lib/urlState";
import { shell } from "../../text/shell";
import { score } from "./ids";
import type { PaletteResults } from "./usePaletteResults";

export type PaletteItem = {
  id: string;
  icon: "recent" | "page" | "action" | "project" | "id";
  name: string;
  note?: string;
  keys?: string;
  /** Where it leads, or what it does. */
  path?: string;
  run?: () => void;
};

export type PaletteSection = { title: string; items: PaletteItem[]; isOld: boolean };

type Asked = {
  text: string;
  recent: Visit[];
  shortcuts: Shortcut[];
  results: PaletteResults & { isSearching: boolean };
  hasViewer: boolean;
  /** Where the server is hosted, for those who look after it. */
  management: string | null;
};

const RECENT_SHOWN = 5;
const ACTIONS_SHOWN = 6;

/** What the palette lists, in this order; sections without a match are left out. */
export function paletteSections({ text, recent, shortcuts, results, hasViewer, management }: Asked): PaletteSection[] {
  const query = text.trim();
  const matching = (items: PaletteItem[]) =>
    items
      .map((item) => ({ item, points: score(item.name, query) }))
      .filter(({ points }) => points > 0)
      .toSorted((a, b) => b.points - a.points)
      .map(({ item }) => item);

  const found = results.data ? foundItems(results) : { ids: [], projects: [] };
  const visited = matching(
    recent.map(({ id, name, path }) => ({ id: `recent ${id}`, icon: "recent", name, path })),
  ).slice(0, RECENT_SHOWN);
  const actions = matching(
    shortcuts.map(({ label, keys, run }) => ({ id: `action ${keys}`, icon: "action", name: label, keys, run })),
  );
  const isOld = results.isSearching;
  return [
    { title: shell.palette.ids, items: found.ids, isOld },
    { title: shell.palette.recent, items: visited, isOld: false },
    { title: shell.palette.projects, items: found.projects, isOld },
    { title: shell.palette.pages, items: pagesFor(query, { hasViewer, management }, matching), isOld: false },
    { title: shell.palette.actions, items: query === "" ? actions.slice(0, ACTIONS_SHOWN) : actions, isOld: false },
  ].filter(({ items }) => items.length > 0);
}

/** Typing the beginning of "profile" lists all of its pages. */
function pagesFor(
  query: string,
  { hasViewer, management }: Pick<Asked, "hasViewer" | "management">,
  matching: (items: PaletteItem[]) => PaletteItem[],
): PaletteItem[] {
  const { pageNotes } = shell.palette;
  const own: PaletteItem[] = [
    ...(hasViewer
      ? [
          page("account", shell.navigation.account, pageNotes.account),
          page("api-keys", shell.navigation.apiKeys, pageNotes.apiKeys),
          ...(management ? [managementConsole(management)] : []),
          logOut(),
        ]
      : []),
    page("preferences", shell.navigation.preferences, pageNotes.preferences),
  ];
  const isProfile = query !== "" && shell.navigation.profile.toLowerCase().startsWith(query.toLowerCase());
  const projects: PaletteItem = {
    id: "page projects",
    icon: "page",
    name: shell.palette.projects,
    note: pageNotes.projects,
    path: "/projects",
  };
  return [...matching([projects]), ...(isProfile ? own : matching(own))];
}

function page(path: string, name: string, note: string): PaletteItem {
  return { id: `page ${path}`, icon: "page", name, note, path: `/profile/${path}` };
}

function managementConsole(address: string): PaletteItem {
  return {
    id: "page management",
    icon: "page",
    name: shell.navigation.management,
    run: () => window.open(address, "_blank", "noopener"),
  };
}

/** A full navigation: nothing of what was read stays in the page. */
function logOut(): PaletteItem {
  return {
    id: "page logout",
    icon: "page",
    name: shell.navigation.logOut,
    run: () => window.location.assign(serverUrl("/auth/logout")),
  };
}

function foundItems({ data }: PaletteResults): { ids: PaletteItem[]; projects: PaletteItem[] } {
  const trace = data?.getTraceByOtelId;
  const span = data?.getSpanByOtelId;
  const session = data?.getProjectSessionById;
  const ids: PaletteItem[] = [];
  if (trace) {
    ids.push({
      id: "trace",
      icon: "id",
      name: trace.rootSpan?.name ?? trace.traceId,
      note: shell.palette.trace,
      path: tracePath(trace.projectId, "traces", trace.traceId),
    });
  }
  if (span) {
    const selected = new URLSearchParams({ selectedSpanNodeId: span.id });
    ids.push({
      id: "span",
      icon: "id",
      name: span.name,
      note: shell.palette.span,
      path: `${tracePath(span.project.id, "spans", span.context.traceId)}?${selected}`,
    });
  }
  if (session) {
    ids.push({
      id: "session",
      icon: "id",
      name: session.sessionId,
      note: `${shell.palette.session} · ${session.project.name}`,
      path: `/projects/${encodeURIComponent(session.project.id)}/sessions/${encodeURIComponent(session.id)}`,
    });
  }
  const projects = (data?.projects.edges ?? []).map(({ node }): PaletteItem => ({
    id: `project ${node.id}`,
    icon: "project",
    name: node.name,
    ...(node.description ? { note: node.description } : {}),
    path: `/projects/${encodeURIComponent(node.id)}`,
  }));
  return { ids, projects };
}
