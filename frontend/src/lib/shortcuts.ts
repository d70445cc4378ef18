import { useEffect, useEffectEvent } from "react";

/** `keys` is one key (`x`, `ArrowUp`), a chord (`mod+k`) or a sequence (`g p`). */
export type Shortcut = { keys: string; label: string; group: string; run: () => void };

type Layer = { shortcuts: Shortcut[]; run: (index: number) => void };

const SEQUENCE_MS = 900;

const layers: Layer[] = [];
let pending = "";
let pendingSince = 0;

/** Later layers win: a drawer's `esc` comes before the page's. */
export function useShortcuts(shortcuts: Shortcut[], isEnabled = true): void {
  const run = useEffectEvent((index: number) => shortcuts[index]?.run());
  const describe = useEffectEvent(() => shortcuts);
  useEffect(() => {
    if (!isEnabled) return;
    const layer: Layer = {
      get shortcuts() {
        return describe();
      },
      run,
    };
    layers.push(layer);
    if (layers.length === 1) window.addEventListener("keydown", onKeyDown);
    return () => {
      layers.splice(layers.indexOf(layer), 1);
      if (layers.length === 0) window.removeEventListener("keydown", onKeyDown);
    };
  }, [isEnabled]);
}

/** What works here and now, the innermost layer first. */
export function activeShortcuts(): Shortcut[] {
  const seen = new Set<string>();
  return layers
    .toReversed()
    .flatMap((layer) => layer.shortcuts)
    .filter(({ keys }) => !seen.has(keys) && seen.add(keys));
}

function onKeyDown(event: KeyboardEvent): void {
  if (event.defaultPrevented || event.isComposing) return;
  const chord = chordOf(event);
  const isModified = chord.startsWith("mod+");
  // A list that is searched while the focus stays in its field sends the keys on to its items.
  const focused = document.activeElement;
  if (isInOverlay(focused)) return;
  if (!isModified && (event.altKey || isTyping(event.target) || isTyping(focused))) return;

  const now = event.timeStamp;
  const sequence = pending && now - pendingSince < SEQUENCE_MS ? `${pending} ${chord}` : chord;
  pending = "";
  if (trigger(sequence) || (sequence !== chord && trigger(chord))) {
    event.preventDefault();
  } else if (activeShortcuts().some(({ keys }) => keys.startsWith(`${chord} `))) {
    pending = chord;
    pendingSince = now;
  }
}

function trigger(keys: string): boolean {
  for (const layer of layers.toReversed()) {
    const index = layer.shortcuts.findIndex((shortcut) => shortcut.keys === keys);
    if (index >= 0) {
      layer.run(index);
      return true;
    }
  }
  return false;
}

function chordOf(event: KeyboardEvent): string {
  const key = event.key === "Escape" ? "esc" : event.key === "Enter" ? "enter" : event.key;
  return event.metaKey || event.ctrlKey ? `mod+${key.toLowerCase()}` : key;
}

/** Overlays keep their keys: what is below them must not act. */
function isInOverlay(element: Element | null): boolean {
  return element?.closest("[role=dialog], [role=alertdialog], [role=menu], [role=listbox]") != null;
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches("input:not([type=checkbox]), textarea, select, [role=spinbutton]"))
  );
}
