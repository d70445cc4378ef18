import { useMemo, useState, useSyncExternalStore } from "react";
import { useTheme } from "../../app/theme";
import { useNow } from "../../lib/clock";
import { formatBytes, formatExact } from "../../lib/format";
import { usePreference } from "../../lib/preferences";
import { browserZone, useZonePreference } from "../../lib/zone";
import { profile } from "../../text/profile";
import { Button } from "../../ui/Button";
import { ComboBox } from "../../ui/ComboBox";
import { ConfirmDialog } from "../../ui/ConfirmDialog";
import { labelLook } from "../../ui/Field";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { languages } from "../projects/snippets";
import { Group } from "./ProfilePage";

const BROWSER_ZONE = "browser";
/** What this app keeps; other apps of the same origin are left alone. */
const OWN = "phoenix-";

export function PreferencesPage() {
  const [theme, setTheme] = useTheme();
  const [language, setLanguage] = usePreference("language");
  const [textMode, setTextMode] = usePreference("textMode");
  const [rowsExpanded, setRowsExpanded] = usePreference("rowsExpanded");
  const [live, setLive] = usePreference("live");
  const { themes, texts, rowHeights, liveChoices } = profile.preferences;
  return (
    <>
      <Group title={profile.preferences.title} note={profile.preferences.note}>
        <Choice label={profile.preferences.theme} names={themes} value={theme} onChange={setTheme} />
        <ZoneChoice />
        <Choice
          label={profile.preferences.language}
          names={Object.fromEntries(languages.map(({ id, title }) => [id, title])) as Record<typeof language, string>}
          value={language}
          onChange={setLanguage}
        />
        <Choice label={profile.preferences.text} names={texts} value={textMode} onChange={setTextMode} />
        <Choice
          label={profile.preferences.rows}
          names={rowHeights}
          value={rowsExpanded ? "comfortable" : "compact"}
          onChange={(value) => setRowsExpanded(value === "comfortable")}
        />
        <Choice
          label={profile.preferences.live}
          names={liveChoices}
          value={live ? "on" : "off"}
          onChange={(value) => setLive(value === "on")}
        />
      </Group>
      <KeptGroup />
    </>
  );
}

function Choice<T extends string>({
  label,
  names,
  value,
  onChange,
}: {
  label: string;
  names: Record<T, string>;
  value: T;
  onChange: (value: T) => void;
}) {
  return (
    <div className="flex items-center justify-between gap-4">
      <span className={labelLook}>{label}</span>
      <SegmentedControl
        label={label}
        value={value}
        onChange={onChange}
        options={(Object.keys(names) as T[]).map((id) => ({ value: id, label: names[id] }))}
      />
    </div>
  );
}

function ZoneChoice() {
  const [zone, setZone] = useZonePreference();
  const now = useNow();
  const options = useMemo(
    () => [
      { id: BROWSER_ZONE, label: profile.preferences.zoneOfBrowser(browserZone()) },
      ...["UTC", ...Intl.supportedValuesOf("timeZone")].map((id) => ({ id, label: id.replaceAll("_", " ") })),
    ],
    [],
  );
  return (
    <ComboBox
      label={profile.preferences.zone}
      note={profile.preferences.zoneNote(formatExact(now, zone || browserZone()))}
      options={options}
      value={zone || BROWSER_ZONE}
      onChange={(id) => setZone(id === BROWSER_ZONE ? "" : id)}
    />
  );
}

function KeptGroup() {
  const [isAsking, setAsking] = useState(false);
  const [count = 0, size = 0] = useKept().split(" ").map(Number);
  return (
    <Group
      title={profile.preferences.kept}
      note={profile.preferences.keptNote}
      actions={<Button onPress={() => setAsking(true)}>{profile.preferences.clear}</Button>}
    >
      <p className="text-meta text-ink-2">{profile.preferences.keptCount(count, formatBytes(size))}</p>
      <ConfirmDialog
        title={profile.preferences.clearTitle}
        confirm={profile.preferences.clear}
        isOpen={isAsking}
        onClose={() => setAsking(false)}
        onConfirm={async () => {
          for (const key of ownKeys()) localStorage.removeItem(key);
          window.location.reload();
        }}
      >
        {profile.preferences.clearNote}
      </ConfirmDialog>
    </Group>
  );
}

function ownKeys(): string[] {
  return Object.keys(localStorage).filter((key) => key.startsWith(OWN));
}

const LOOK_MS = 500;

/** "entries characters": local storage tells other tabs of its changes, not this one. */
function useKept(): string {
  return useSyncExternalStore(
    (listener) => {
      const timer = setInterval(listener, LOOK_MS);
      return () => clearInterval(timer);
    },
    () => {
      const keys = ownKeys();
      return `${keys.length} ${keys.reduce((sum, key) => sum + key.length + (localStorage.getItem(key)?.length ?? 0), 0)}`;
    },
  );
}
