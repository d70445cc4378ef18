import { stored, useStored } from "./storage";

/** The time zone people read times in; empty means the browser's. */
const preference = stored<string>("phoenix-time-zone", "", isZone);

function isZone(value: unknown): value is string {
  if (typeof value !== "string") return false;
  try {
    // Throws where the browser does not know the zone.
    return value === "" || new Intl.DateTimeFormat("en-US", { timeZone: value }).format() !== "";
  } catch {
    return false;
  }
}

let ofBrowser: string | null = null;

export function browserZone(): string {
  ofBrowser ??= new Intl.DateTimeFormat().resolvedOptions().timeZone;
  return ofBrowser;
}

export function displayZone(): string {
  return preference.get() || browserZone();
}

export function useZonePreference(): [string, (zone: string) => void] {
  return useStored(preference);
}
