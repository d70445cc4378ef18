import { Keyboard, ListTree, Monitor, Moon, Sun } from "lucide-react";
import type { ReactElement, ReactNode } from "react";
import { Button, Focusable } from "react-aria-components";
import { Link, NavLink } from "react-router";
import { config } from "../../lib/config";
import { cx } from "../../lib/cx";
import { usePreference } from "../../lib/preferences";
import { useMedia } from "../../lib/useMedia";
import { Brand } from "../../ui/Brand";
import { Hint } from "../../ui/Button";
import { Menu, MenuChoices } from "../../ui/Menu";
import { Tooltip } from "../../ui/Tooltip";
import { useTheme, type ThemePreference } from "../theme";

const entry =
  "flex h-8 w-full cursor-default items-center gap-2.5 rounded-control px-[9px] text-body text-ink-2 hover:bg-hover hover:text-ink aria-[current=page]:bg-pressed aria-[current=page]:font-medium aria-[current=page]:text-ink";

const themeIcons: Record<ThemePreference, ReactNode> = {
  light: <Sun size={16} aria-hidden />,
  dark: <Moon size={16} aria-hidden />,
  system: <Monitor size={16} aria-hidden />,
};

/** 52 px of icons, or 208 px with labels; below 900 px always icons, the preference is left alone. */
export function SideNav({ onHelp }: { onHelp: () => void }) {
  const [wantsLabels] = usePreference("navExpanded");
  const isWide = useMedia("(min-width: 900px)");
  const labels = wantsLabels && isWide;
  return (
    <nav
      aria-label="Main"
      className={cx("flex shrink-0 flex-col gap-1 px-2 pb-2 max-phone:hidden", labels ? "w-52" : "w-13")}
    >
      <Named label={`Phoenix ${config.platformVersion}`} shown={labels}>
        <Focusable>
          <Link to="/" className="flex h-11 items-center gap-2.5 rounded-control px-[9px]" aria-label="Phoenix">
            <Brand size={18} />
            {labels && <span className="text-section font-semibold">Phoenix</span>}
          </Link>
        </Focusable>
      </Named>
      <Named label="Tracing" shortcut="g p" shown={labels}>
        <Focusable>
          <NavLink to="/projects" aria-label="Tracing" className={entry}>
            <ListTree size={16} aria-hidden />
            {labels && "Tracing"}
          </NavLink>
        </Focusable>
      </Named>
      <div className="grow" />
      <Named label="Keyboard shortcuts" shortcut="?" shown={labels}>
        <Button aria-label="Keyboard shortcuts" onPress={onHelp} className={entry}>
          <Keyboard size={16} aria-hidden />
          {labels && "Shortcuts"}
        </Button>
      </Named>
      <ThemeMenu labels={labels} />
    </nav>
  );
}

function ThemeMenu({ labels }: { labels: boolean }) {
  const [theme, setTheme] = useTheme();
  const names: Record<ThemePreference, string> = { light: "Light", dark: "Dark", system: "System" };
  return (
    <Menu
      label="Theme"
      placement="right bottom"
      trigger={
        <Button aria-label={`Theme: ${names[theme]}`} className={entry}>
          {themeIcons[theme]}
          {labels && `${names[theme]} theme`}
        </Button>
      }
    >
      <MenuChoices
        title="Theme"
        mode="single"
        choices={(Object.keys(names) as ThemePreference[]).map((id) => ({ id, label: names[id] }))}
        selected={[theme]}
        onChange={([chosen]) => setTheme(chosen as ThemePreference)}
      />
    </Menu>
  );
}

function Named({
  label,
  shortcut,
  shown,
  children,
}: {
  label: string;
  shortcut?: string;
  shown: boolean;
  children: ReactElement;
}) {
  if (shown) return children;
  return (
    <Tooltip content={<Hint label={label} shortcut={shortcut} />} placement="right">
      {children}
    </Tooltip>
  );
}
