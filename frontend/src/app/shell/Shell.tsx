import { useState } from "react";
import { RouterProvider as AriaRouter } from "react-aria-components";
import { Outlet, useHref, useNavigate } from "react-router";
import { shell } from "../../text/shell";
import { ViewerGate } from "../../features/access/ViewerGate";
import { code, lazily } from "../../lib/code";
import { usePreference } from "../../lib/preferences";
import { activeShortcuts, useShortcuts, type Shortcut } from "../../lib/shortcuts";
import { Opening } from "../../ui/Opening";
import { Toasts } from "../../ui/Toasts";
import { ConnectionBar } from "./ConnectionBar";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { SideNav } from "./SideNav";
import { StorageBar } from "./StorageBar";
import { ShellSlots } from "./slots";
import { TopBar } from "./TopBar";

export const loadPalette = code(() => import("../palette/CommandPalette"));

const CommandPalette = lazily(async () => (await loadPalette()).CommandPalette);

/** The frame: navigation at the left, top bar, and the page, which scrolls by itself. */
export function Shell() {
  const navigate = useNavigate();
  const [navExpanded, setNavExpanded] = usePreference("navExpanded");
  const [shortcutsShown, showShortcuts] = useState<Shortcut[] | null>(null);
  const [found, showPalette] = useState<Shortcut[] | null>(null);
  const help = () => showShortcuts(activeShortcuts());
  const search = () => showPalette(activeShortcuts().filter(({ keys }) => keys !== "mod+k"));

  useShortcuts([
    { keys: "mod+k", label: shell.navigation.search, group: shell.keys.anywhere, run: search },
    { keys: "g p", label: shell.keys.projects, group: shell.keys.anywhere, run: () => void navigate("/projects") },
    { keys: "?", label: shell.keys.help, group: shell.keys.anywhere, run: help },
    { keys: "[", label: shell.keys.navigation, group: shell.keys.anywhere, run: () => setNavExpanded(!navExpanded) },
  ]);

  return (
    // oxlint-disable-next-line react/hooks -- the router of the components takes the hook itself
    <AriaRouter navigate={(to) => void navigate(to)} useHref={useHref}>
      <ViewerGate>
        <ShellSlots>
          <SkipLink />
          <div className="flex h-full">
            <SideNav onHelp={help} onSearch={search} />
            <div className="flex min-w-0 grow flex-col">
              <TopBar onSearch={search} />
              <ConnectionBar />
              <StorageBar />
              <main
                id="content"
                tabIndex={-1}
                className="relative flex min-h-0 grow flex-col overflow-hidden border-t border-line bg-surface outline-none stack:rounded-tl-surface stack:border-l"
              >
                <Outlet />
              </main>
            </div>
          </div>
          <ShortcutsDialog shortcuts={shortcutsShown} onClose={() => showShortcuts(null)} />
          {found && (
            <Opening onClose={() => showPalette(null)}>
              <CommandPalette shortcuts={found} onClose={() => showPalette(null)} />
            </Opening>
          )}
        </ShellSlots>
      </ViewerGate>
      <Toasts />
    </AriaRouter>
  );
}

function SkipLink() {
  return (
    <button
      type="button"
      onClick={() => {
        // Straight to the table or the tree, where there is one.
        const content = document.getElementById("content");
        const target = content?.querySelector<HTMLElement>("[role=grid], [role=treegrid]") ?? content;
        target?.focus();
      }}
      className="sr-only z-50 rounded-control bg-accent px-3 py-1.5 text-on-accent focus:not-sr-only focus:fixed focus:top-2 focus:left-2"
    >
      {shell.skip}
    </button>
  );
}
