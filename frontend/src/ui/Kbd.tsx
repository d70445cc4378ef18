const names: Record<string, string> = { mod: isApple() ? "⌘" : "Ctrl", enter: "↵", esc: "Esc", space: "Space" };

function isApple(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}

/** `g p` or `mod+k`: keys pressed after each other are separated by a space. */
export function Kbd({ keys }: { keys: string }) {
  return (
    <span className="inline-flex gap-0.5">
      {keys.split(/[ +]/).map((key, index) => (
        <kbd
          key={`${key}${index}`}
          className="inline-flex h-4 min-w-4 items-center justify-center rounded-[3px] border border-line-strong px-1 font-sans text-label leading-none text-ink-2"
        >
          {names[key] ?? key}
        </kbd>
      ))}
    </span>
  );
}
