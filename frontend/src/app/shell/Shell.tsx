import { useState } from "react";
import { RouterProvider as AriaRouter } from "react-aria-components";
import { Outlet, useHref, useNavigate } from "react-router";
import { usePreference } from "../../lib/preferences";
import { activeShortcuts, useShortcuts, type Shortcut } from "../../lib/shortcuts";
import { ShortcutsDialog } from "./ShortcutsDialog";
import { SideNav } from "./SideNav";
import { ShellSlots } from "./slots";
import { TopBar } from "./TopBar";

/** The frame: navigation at the left, top bar, and the page, which scrolls by itself. */
export function Shell() {
  const navigate = useNavigate();
  const [navExpanded, setNavExpanded] = usePreference("navExpanded");
  const [shortcutsShown, showShortcuts] = useState<Shortcut[] | null>(null);
  const help = () => showShortcuts(activeShortcuts());

  useShortcuts([
    { keys: "g p", label: "Go to projects", group: "Anywhere", run: () => void navigate("/projects") },
    { keys: "?", label: "Show this map", group: "Anywhere", run: help },
    { keys: "[", label: "Collapse or expand navigation", group: "Anywhere", run: () => setNavExpanded(!navExpanded) },
  ]);

  return (
    // oxlint-disable-next-line react/hooks -- the router of the components takes the hook itself
    <AriaRouter navigate={(to) => void navigate(to)} useHref={useHref}>
      <ShellSlots>
        <SkipLink />
        <div className="flex h-full">
          <SideNav onHelp={help} />
          <div className="flex min-w-0 grow flex-col">
            <TopBar />
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
      </ShellSlots>
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
      Skip to content
    </button>
  );
}
