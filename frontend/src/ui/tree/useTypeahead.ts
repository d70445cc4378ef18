import { useRef, type KeyboardEvent } from "react";

const FORGET_MS = 600;

/**
 * Letters typed in quick succession jump to the next name that starts with them. Returns `null` where the key is not
 * part of a name, -1 where no name matches.
 */
export function useTypeahead(reservedKeys: string) {
  const typed = useRef({ text: "", at: 0 });
  return (event: KeyboardEvent, count: number, selected: number, nameAt: (index: number) => string): number | null => {
    const isFresh = event.timeStamp - typed.current.at > FORGET_MS;
    if (event.key.length !== 1 || (isFresh && (event.key === " " || reservedKeys.includes(event.key)))) return null;
    const text = (isFresh ? "" : typed.current.text) + event.key.toLowerCase();
    typed.current = { text, at: event.timeStamp };
    // The first letter moves on from the selected row; further ones may stay on it.
    const from = Math.max(0, selected) + (text.length === 1 ? 1 : 0);
    for (let step = 0; step < count; step++) {
      const index = (from + step) % count;
      if (nameAt(index).toLowerCase().startsWith(text)) return index;
    }
    return -1;
  };
}
