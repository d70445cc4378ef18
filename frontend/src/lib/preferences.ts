import { isRecord, stored, useStored } from "./storage";

/** What this browser remembers of the person using it. */
export type Preferences = {
  version: 2;
  timeRangeKey: string;
  live: boolean;
  projectsView: "grid" | "table";
  projectsSort: { column: "name" | "endTime"; direction: "asc" | "desc" };
  navExpanded: boolean;
  rowsExpanded: boolean;
  peek: boolean;
  metrics: boolean;
  textMode: "markdown" | "text";
  language: "java" | "spring" | "python" | "typescript" | "curl";
};

const defaults: Preferences = {
  version: 2,
  timeRangeKey: "7d",
  live: true,
  projectsView: "grid",
  projectsSort: { column: "endTime", direction: "desc" },
  navExpanded: false,
  rowsExpanded: false,
  peek: false,
  metrics: false,
  textMode: "markdown",
  language: "python",
};

function isPreferences(value: unknown): value is Preferences {
  return (
    isRecord(value) &&
    value.version === defaults.version &&
    (Object.keys(defaults) as (keyof Preferences)[]).every((name) => typeof value[name] === typeof defaults[name])
  );
}

const preferences = stored<Preferences>("phoenix-preferences", defaults, isPreferences);

/** What is remembered now, for what is not drawn. */
export function preference<K extends keyof Preferences>(name: K): Preferences[K] {
  return preferences.get()[name];
}

export function usePreference<K extends keyof Preferences>(name: K): [Preferences[K], (value: Preferences[K]) => void] {
  const [all, set] = useStored(preferences);
  return [all[name], (value) => set((previous) => ({ ...previous, [name]: value }))];
}
