import {
  CircleUser,
  ExternalLink,
  Keyboard,
  KeyRound,
  ListTree,
  LogOut,
  Monitor,
  Moon,
  Search,
  Settings2,
  Sun,
} from "lucide-react";
import { Suspense, type ReactElement, type ReactNode } from "react";
import { Button, Focusable } from "react-aria-components";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import { Link, NavLink, useNavigate } from "react-router";
import type { SideNavQuery } from "../../__generated__/SideNavQuery.graphql";
import { config, serverUrl } from "../../lib/config";
import { cx } from "../../lib/cx";
import { formatCompact, formatCount } from "../../lib/format";
import { usePreference } from "../../lib/preferences";
import { useMedia } from "../../lib/useMedia";
import { managementAddress, useViewer, type Viewer } from "../../lib/viewer";
import { shell } from "../../text/shell";
import { Brand } from "../../ui/Brand";
import { Hint } from "../../ui/Button";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { Kbd } from "../../ui/Kbd";
import { Menu, MenuChoices, MenuItem } from "../../ui/Menu";
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
export function SideNav({ onHelp, onSearch }: { onHelp: () => void; onSearch: () => void }) {
  const viewer = useViewer();
  const [wantsLabels] = usePreference("navExpanded");
  const isWide = useMedia("(min-width: 900px)");
  const labels = wantsLabels && isWide;
  return (
    <nav
      aria-label={shell.navigation.main}
      className={cx("flex shrink-0 flex-col gap-1 px-2 pb-2 max-phone:hidden", labels ? "w-52" : "w-13")}
    >
      <Named label={`${shell.product} ${config.platformVersion}`} shown={labels}>
        <Focusable>
          <Link to="/" className="flex h-11 items-center gap-2.5 rounded-control px-[9px]" aria-label={shell.product}>
            <Brand size={18} />
            {labels && <span className="text-section font-semibold">{shell.product}</span>}
          </Link>
        </Focusable>
      </Named>
      <Named label={shell.navigation.search} shortcut="mod+k" shown={labels}>
        <Button aria-label={shell.navigation.search} onPress={onSearch} className={entry}>
          <Search size={16} aria-hidden />
          {labels && (
            <>
              <span className="grow text-left">{shell.navigation.search}</span>
              <Kbd keys="mod+k" />
            </>
          )}
        </Button>
      </Named>
      <Named label={shell.navigation.tracing} shortcut="g p" shown={labels}>
        <Focusable>
          <NavLink to="/projects" aria-label={shell.navigation.tracing} className={entry}>
            <ListTree size={16} aria-hidden />
            {labels && (
              <>
                <span className="grow">{shell.navigation.tracing}</span>
                <ErrorBoundary fallback={() => null} resetKey="count">
                  <Suspense>
                    <ProjectCount />
                  </Suspense>
                </ErrorBoundary>
              </>
            )}
          </NavLink>
        </Focusable>
      </Named>
      <div className="grow" />
      <Named label={shell.navigation.shortcuts} shortcut="?" shown={labels}>
        <Button aria-label={shell.navigation.shortcuts} onPress={onHelp} className={entry}>
          <Keyboard size={16} aria-hidden />
          {labels && shell.navigation.shortcutsShort}
        </Button>
      </Named>
      <ThemeMenu labels={labels} />
      {viewer ? <AccountMenu viewer={viewer} labels={labels} /> : <PreferencesLink labels={labels} />}
    </nav>
  );
}

/** Asked for once; the list of projects brings the newer ones along. */
function ProjectCount() {
  const { projectCount } = useLazyLoadQuery<SideNavQuery>(
    graphql`
      query SideNavQuery {
        projectCount
      }
    `,
    {},
  );
  return (
    <span
      className="tabular text-label font-normal text-ink-3"
      title={shell.navigation.projects(formatCount(projectCount))}
    >
      {formatCompact(projectCount)}
    </span>
  );
}

function PreferencesLink({ labels }: { labels: boolean }) {
  return (
    <Named label={shell.navigation.preferences} shown={labels}>
      <Focusable>
        <NavLink to="/profile/preferences" aria-label={shell.navigation.preferences} className={entry}>
          <Settings2 size={16} aria-hidden />
          {labels && shell.navigation.preferences}
        </NavLink>
      </Focusable>
    </Named>
  );
}

function AccountMenu({ viewer, labels }: { viewer: Viewer; labels: boolean }) {
  const navigate = useNavigate();
  const management = managementAddress(viewer);
  return (
    <Menu
      label={shell.navigation.account}
      placement="right bottom"
      trigger={
        <Button aria-label={`${shell.navigation.account}: ${viewer.username}`} className={entry}>
          <CircleUser size={16} aria-hidden />
          {labels && <span className="truncate">{viewer.username}</span>}
        </Button>
      }
    >
      <MenuItem icon={<CircleUser size={14} />} onAction={() => void navigate("/profile/account")}>
        {shell.navigation.account}
      </MenuItem>
      <MenuItem icon={<KeyRound size={14} />} onAction={() => void navigate("/profile/api-keys")}>
        {shell.navigation.apiKeys}
      </MenuItem>
      <MenuItem icon={<Settings2 size={14} />} onAction={() => void navigate("/profile/preferences")}>
        {shell.navigation.preferences}
      </MenuItem>
      {management && (
        <MenuItem icon={<ExternalLink size={14} />} onAction={() => window.open(management, "_blank", "noopener")}>
          {shell.navigation.management}
        </MenuItem>
      )}
      <MenuItem
        icon={<LogOut size={14} />}
        // A full navigation: nothing of what was read stays in the page.
        onAction={() => window.location.assign(serverUrl("/auth/logout"))}
      >
        {shell.navigation.logOut}
      </MenuItem>
    </Menu>
  );
}

function ThemeMenu({ labels }: { labels: boolean }) {
  const [theme, setTheme] = useTheme();
  const { names, title, current, label } = shell.theme;
  return (
    <Menu
      label={title}
      placement="right bottom"
      trigger={
        <Button aria-label={current(names[theme])} className={entry}>
          {themeIcons[theme]}
          {labels && label(names[theme])}
        </Button>
      }
    >
      <MenuChoices
        title={title}
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
