import type { ReactNode } from "react";
import {
  Tab as AriaTab,
  TabList as AriaTabList,
  TabPanel as AriaTabPanel,
  Tabs as AriaTabs,
} from "react-aria-components";
import { cx } from "../lib/cx";

const tab =
  "relative flex h-full shrink-0 cursor-default items-center gap-1.5 px-2.5 text-body text-ink-3 outline-none max-phone:gap-1 max-phone:px-1.5 max-phone:text-meta select-none hovered:text-ink selected:font-medium selected:text-ink focus-ring:outline-2 focus-ring:-outline-offset-2 focus-ring:outline-accent after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:rounded-pill selected:after:bg-accent max-phone:after:inset-x-1.5";

export function Tabs({
  label,
  value,
  onChange,
  tabs,
  actions,
}: {
  label: string;
  value: string;
  onChange: (id: string) => void;
  tabs: { id: string; title: string; badge?: ReactNode; panel: ReactNode }[];
  actions?: ReactNode;
}) {
  return (
    <AriaTabs
      selectedKey={value}
      onSelectionChange={(key) => onChange(String(key))}
      className="flex min-h-0 grow flex-col"
    >
      <div className="flex h-9 shrink-0 items-stretch border-b border-line px-1.5 max-phone:px-0.5">
        {/* Too many for a narrow pane: they scroll, what belongs to the open one stays. */}
        <AriaTabList
          aria-label={label}
          className="flex h-full min-w-0 overflow-x-auto overflow-y-hidden [scrollbar-width:none]"
        >
          {tabs.map(({ id, title, badge }) => (
            <AriaTab key={id} id={id} className={tab}>
              {title}
              {badge}
            </AriaTab>
          ))}
        </AriaTabList>
        <div className="ml-auto flex shrink-0 items-center gap-1 pr-1.5 pl-1 empty:hidden">{actions}</div>
      </div>
      {tabs.map(({ id, panel }) => (
        <AriaTabPanel key={id} id={id} className="min-h-0 grow overflow-auto outline-none focus-ring:outline-2">
          {panel}
        </AriaTabPanel>
      ))}
    </AriaTabs>
  );
}

/** Tabs that are links: the address says which one is shown. */
export function TabLinks({ label, children }: { label: string; children: ReactNode }) {
  return (
    <nav aria-label={label} className="flex h-full">
      {children}
    </nav>
  );
}

export const tabLinkClass = (isActive: boolean) =>
  cx(
    "relative flex h-full items-center gap-1.5 px-2.5 text-body select-none after:absolute after:inset-x-2.5 after:bottom-0 after:h-0.5 after:rounded-pill hover:text-ink",
    isActive ? "font-medium text-ink after:bg-accent" : "text-ink-3",
  );
