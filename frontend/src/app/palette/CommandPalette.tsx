import { Clock, CornerDownLeft, FileText, FolderOpen, ListTree, Search, Zap } from "lucide-react";
import { useState, type ReactNode } from "react";
import {
  Autocomplete,
  Dialog,
  Header,
  Input,
  Menu,
  MenuItem,
  MenuSection,
  Modal,
  ModalOverlay,
  SearchField,
} from "react-aria-components";
import { useNavigate } from "react-router";
import { useRecent } from "../../lib/recent";
import type { Shortcut } from "../../lib/shortcuts";
import { managementAddress, useViewer } from "../../lib/viewer";
import { shell } from "../../text/shell";
import { Kbd } from "../../ui/Kbd";
import { Highlighted } from "../../ui/text/Highlighted";
import { paletteSections, type PaletteItem } from "./sections";
import { usePaletteResults } from "./usePaletteResults";

const icons: Record<PaletteItem["icon"], ReactNode> = {
  recent: <Clock size={15} aria-hidden />,
  page: <FileText size={15} aria-hidden />,
  action: <Zap size={15} aria-hidden />,
  project: <FolderOpen size={15} aria-hidden />,
  id: <ListTree size={15} aria-hidden />,
};

/** Everything there is to go to and to do, by name: arrows move, Enter chooses, the focus stays in the field. */
export function CommandPalette({ shortcuts, onClose }: { shortcuts: Shortcut[] | null; onClose: () => void }) {
  return (
    <ModalOverlay
      isOpen={shortcuts !== null}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim px-4 pt-[12vh]"
    >
      <Modal className="w-full max-w-150 overflow-hidden rounded-surface bg-raised shadow-overlay">
        <Dialog aria-label={shell.palette.title} className="flex max-h-[70vh] flex-col outline-none">
          <Palette shortcuts={shortcuts ?? []} onClose={onClose} />
        </Dialog>
      </Modal>
    </ModalOverlay>
  );
}

function Palette({ shortcuts, onClose }: { shortcuts: Shortcut[]; onClose: () => void }) {
  const navigate = useNavigate();
  const [text, setText] = useState("");
  const results = usePaletteResults(text);
  const recent = useRecent();
  const viewer = useViewer();
  const sections = paletteSections({
    text,
    recent,
    shortcuts,
    results,
    hasViewer: viewer !== null,
    management: managementAddress(viewer),
  });

  const choose = (item: PaletteItem) => {
    onClose();
    if (item.path !== undefined) void navigate(item.path);
    // After the palette has given the focus back.
    else if (item.run) setTimeout(item.run);
  };
  return (
    <Autocomplete inputValue={text} onInputChange={setText}>
      <SearchField aria-label={shell.palette.title} autoFocus className="relative flex shrink-0 border-b border-line">
        <Search size={16} className="pointer-events-none absolute top-3.5 left-4 text-ink-3" aria-hidden />
        <Input
          placeholder={shell.palette.placeholder}
          onKeyDown={(event) => {
            // Typed faster than the list follows: the first one is meant.
            const first = sections[0]?.items[0];
            if (event.key === "Enter" && first && !event.currentTarget.getAttribute("aria-activedescendant")) {
              choose(first);
            }
          }}
          className="h-11 w-full bg-transparent pr-4 pl-11 text-section outline-none placeholder:text-ink-3 [&::-webkit-search-cancel-button]:hidden"
        />
      </SearchField>
      <Menu
        aria-label={shell.palette.results}
        className="min-h-0 grow overflow-auto p-1.5 outline-none [&:not(:has([data-focused]))>section:first-of-type>div:first-of-type]:bg-hover dark:[&:not(:has([data-focused]))>section:first-of-type>div:first-of-type]:bg-pressed"
        renderEmptyState={() => <Nothing text={text} isSearching={results.isSearching} hasFailed={results.hasFailed} />}
      >
        {sections.map(({ title, items, isOld }) => (
          <MenuSection key={title} aria-label={title}>
            <Header className="px-2.5 pt-2 pb-1 text-label font-medium text-ink-3">{title}</Header>
            {items.map((item) => (
              <MenuItem
                key={item.id}
                id={item.id}
                textValue={item.name}
                onAction={() => choose(item)}
                className={`group flex h-8 cursor-default items-center gap-2.5 rounded-control px-2.5 outline-none data-[focused]:bg-hover dark:data-[focused]:bg-pressed ${isOld ? "opacity-50" : ""}`}
              >
                <span className="text-ink-3">{icons[item.icon]}</span>
                <span className="truncate">
                  <Highlighted text={item.name} needle={text.trim()} />
                </span>
                {item.note && <span className="min-w-0 shrink-[2] truncate text-meta text-ink-3">{item.note}</span>}
                <span className="ml-auto flex shrink-0 items-center">
                  {item.keys ? (
                    <Kbd keys={item.keys} />
                  ) : (
                    <CornerDownLeft
                      size={13}
                      className="invisible text-ink-3 group-data-[focused]:visible"
                      aria-hidden
                    />
                  )}
                </span>
              </MenuItem>
            ))}
          </MenuSection>
        ))}
      </Menu>
      <footer className="flex shrink-0 gap-4 border-t border-line px-4 py-2 text-label text-ink-3">
        <Hint keys="↑ ↓" label={shell.palette.hint.move} />
        <Hint keys="enter" label={shell.palette.hint.open} />
        <Hint keys="esc" label={shell.palette.hint.close} />
      </footer>
    </Autocomplete>
  );
}

function Nothing({ text, isSearching, hasFailed }: { text: string; isSearching: boolean; hasFailed: boolean }) {
  return (
    <p className="px-2.5 py-6 text-center text-meta text-ink-3">
      {isSearching ? " " : hasFailed ? shell.palette.failed : shell.palette.none(text.trim())}
    </p>
  );
}

function Hint({ keys, label }: { keys: string; label: string }) {
  return (
    <span className="flex items-center gap-1.5">
      <Kbd keys={keys} />
      {label}
    </span>
  );
}
