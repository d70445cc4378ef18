import { shell } from "../../text/shell";
import type { Shortcut } from "../../lib/shortcuts";
import { Dialog } from "../../ui/Dialog";
import { Kbd } from "../../ui/Kbd";

/** Keys that a grid or a tree handles itself while it has the focus. */
const builtIn: Pick<Shortcut, "keys" | "label" | "group">[] = [
  { keys: "↑ ↓", label: shell.keys.move, group: shell.keys.tables },
  { keys: "enter", label: shell.keys.open, group: shell.keys.tables },
  { keys: "← →", label: shell.keys.fold, group: shell.keys.tables },
  { keys: shell.keys.homeEnd, label: shell.keys.ends, group: shell.keys.tables },
  { keys: "space mod+a", label: shell.keys.pick, group: shell.keys.tables },
  { keys: "← →", label: shell.keys.columns, group: shell.keys.tables },
  { keys: "Alt ↓", label: shell.keys.columnMenu, group: shell.keys.tables },
  { keys: "Alt ← →", label: shell.keys.resize, group: shell.keys.tables },
];

export function ShortcutsDialog({ shortcuts, onClose }: { shortcuts: Shortcut[] | null; onClose: () => void }) {
  return (
    <Dialog title={shell.keys.title} isOpen={shortcuts !== null} onClose={onClose}>
      <ShortcutsMap shortcuts={shortcuts ?? []} />
    </Dialog>
  );
}

function ShortcutsMap({ shortcuts }: { shortcuts: Shortcut[] }) {
  const groups = Map.groupBy([...shortcuts, ...builtIn], ({ group }) => group);
  return (
    <div className="grid gap-x-8 gap-y-5 p-4 phone:grid-cols-2">
      {[...groups].map(([group, inGroup]) => (
        <section key={group}>
          <h3 className="pb-1.5 text-label font-medium text-ink-3">{group}</h3>
          <dl className="flex flex-col gap-1.5">
            {inGroup.map(({ keys, label }) => (
              <div key={keys + label} className="flex items-center justify-between gap-4">
                <dt className="text-body">{label}</dt>
                <dd>
                  <Kbd keys={keys} />
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
    </div>
  );
}
