import { useMove } from "./useMove";

/** A vertical handle: drag it, or focus it and press the arrow keys. */
export function Separator({
  label,
  value,
  onDrag,
  onStep,
  onReset,
}: {
  label: string;
  /** Position in percent. */
  value: number;
  onDrag: (clientX: number) => void;
  onStep: (direction: -1 | 1) => void;
  onReset: () => void;
}) {
  const move = useMove(onDrag);
  return (
    <div
      role="separator"
      tabIndex={0}
      aria-label={label}
      aria-orientation="vertical"
      aria-valuenow={value}
      aria-valuemin={0}
      aria-valuemax={100}
      onDoubleClick={onReset}
      onKeyDown={(event) => {
        if (event.key === "ArrowLeft") onStep(-1);
        else if (event.key === "ArrowRight") onStep(1);
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
      {...move}
      className="relative z-10 -mr-1 w-[5px] shrink-0 cursor-col-resize touch-none bg-transparent before:absolute before:inset-y-0 before:left-0 before:w-px before:bg-line hover:before:w-0.5 hover:before:bg-accent focus-visible:outline-none focus-visible:before:w-0.5 focus-visible:before:bg-accent active:before:w-0.5 active:before:bg-accent"
    />
  );
}
