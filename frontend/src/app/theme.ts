import { stored, useStored } from "../lib/storage";

export type ThemePreference = "light" | "dark" | "system";

const dark = window.matchMedia("(prefers-color-scheme: dark)");

const preference = stored<ThemePreference>(
  "phoenix-theme",
  "system",
  (value): value is ThemePreference => value === "light" || value === "dark" || value === "system",
);

export function useTheme(): [ThemePreference, (next: ThemePreference) => void] {
  return useStored(preference);
}

/** The page's first script has set the theme already; this follows later changes. */
export function followTheme(): void {
  const apply = () => {
    const chosen = preference.get();
    const resolved = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
    document.documentElement.dataset.theme = resolved;
  };
  preference.subscribe(apply);
  dark.addEventListener("change", apply);
  apply();
}
