import type { Shortcut } from "../../lib/shortcuts";
import { Dialog } from "../../ui/Dialog";
import { Kbd } from "../../ui/Kbd";

/** Keys that a grid or a tree handles itself while it has the focus. */
const builtIn: Pick<Shortcut, "keys" | "label" | "group">[] = [
  { keys: "↑ ↓", label: "Move through rows", group: "Tables and trees" },
  { keys: "enter", label: "Open the row", group: "Tables and trees" },
  { keys: "← →", label: "Collapse, expand, go to parent or child", group: "Tables and trees" },
  { keys: "Home End", label: "First, last row", group: "Tables and trees" },
  { keys: "Alt ← →", label: "Resize the focused column", group: "Tables and trees" },
];

export function ShortcutsDialog({ shortcuts, onClose }: { shortcuts: Shortcut[] | null; onClose: () => void }) {
  return (
    <Dialog title="Keyboard shortcuts" isOpen={shortcuts !== null} onClose={onClose}>
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
              <div key={keys} className="flex items-center justify-between gap-4">
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
