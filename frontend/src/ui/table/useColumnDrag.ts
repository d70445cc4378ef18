import { useRef, useState, type PointerEvent } from "react";

const BEGIN_PX = 6;

type Side = "before" | "behind";

/** Where the column would land. */
export type Landing = { target: string; side: Side };

/** A column is taken by its header and put beside another one. A press that does not move stays a press. */
export function useColumnDrag(
  canDrop: (target: string) => boolean,
  drop: (target: string, side: Side) => void,
  onLanding: (landing: Landing | null) => void,
) {
  const origin = useRef<number | null>(null);
  const wasDragged = useRef(false);
  const landing = useRef<Landing | null>(null);
  const [isDragged, setDragged] = useState(false);
  const end = () => {
    origin.current = null;
    landing.current = null;
    onLanding(null);
    setDragged(false);
  };
  return {
    isDragged,
    /** The click that ends a drag is none. */
    endsDrag: () => {
      const was = wasDragged.current;
      wasDragged.current = false;
      return was;
    },
    handlers: {
      onPointerDown: (event: PointerEvent<HTMLElement>) => {
        if (event.button !== 0 || event.pointerType === "touch") return;
        origin.current = event.clientX;
        wasDragged.current = false;
        event.currentTarget.setPointerCapture(event.pointerId);
      },
      onPointerMove: (event: PointerEvent<HTMLElement>) => {
        if (origin.current === null) return;
        if (!wasDragged.current && Math.abs(event.clientX - origin.current) < BEGIN_PX) return;
        wasDragged.current = true;
        setDragged(true);
        landing.current = landingAt(event.currentTarget, event.clientX, canDrop);
        onLanding(landing.current);
      },
      onPointerUp: () => {
        if (landing.current) drop(landing.current.target, landing.current.side);
        end();
      },
      onPointerCancel: end,
    },
  };
}

/** The header under the pointer; pinned ones lie over those that scroll. */
function landingAt(button: HTMLElement, x: number, canDrop: (target: string) => boolean): Landing | null {
  const headers = [...(button.closest("[role=row]")?.querySelectorAll<HTMLElement>("[data-column]") ?? [])];
  const header = headers.find((each) => {
    const { left, right } = each.getBoundingClientRect();
    return left <= x && x < right && canDrop(each.dataset.column ?? "");
  });
  if (!header) return null;
  const { left, width } = header.getBoundingClientRect();
  return { target: header.dataset.column ?? "", side: x < left + width / 2 ? "before" : "behind" };
}
