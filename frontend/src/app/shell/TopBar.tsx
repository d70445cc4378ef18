import { PanelLeft, Search } from "lucide-react";
import { Link } from "react-router";
import { shell } from "../../text/shell";
import { usePreference } from "../../lib/preferences";
import { useMedia } from "../../lib/useMedia";
import { Brand } from "../../ui/Brand";
import { IconButton } from "../../ui/Button";
import { SlowMark } from "./ConnectionBar";
import { useSlots } from "./slots";

export function TopBar({ onSearch }: { onSearch: () => void }) {
  const { setBreadcrumb, setActions } = useSlots();
  const [navExpanded, setNavExpanded] = usePreference("navExpanded");
  const isWide = useMedia("(min-width: 900px)");
  return (
    <header className="flex h-11 shrink-0 items-center gap-1 pr-3 pl-2">
      <Link to="/projects" aria-label={shell.product} className="flex size-7 items-center justify-center phone:hidden">
        <Brand size={18} />
      </Link>
      <span className="max-phone:hidden">
        <IconButton
          label={isWide ? (navExpanded ? shell.collapse : shell.expand) : shell.tooNarrow}
          shortcut="["
          icon={<PanelLeft size={16} />}
          isDisabled={!isWide}
          onPress={() => setNavExpanded(!navExpanded)}
        />
      </span>
      <nav aria-label={shell.breadcrumb} ref={setBreadcrumb} className="min-w-0 grow" />
      <span className="phone:hidden">
        {/* Where there is no room for the navigation, everything is found by name. */}
        <IconButton label={shell.navigation.search} icon={<Search size={16} />} onPress={onSearch} />
      </span>
      <SlowMark />
      <div ref={setActions} className="flex shrink-0 items-center gap-2" />
    </header>
  );
}
