import { createContext, use, useRef, useState, type CSSProperties, type ReactNode, type RefObject } from "react";
import { Opening } from "../Opening";

type Overlay = (props: { triggerRef: RefObject<HTMLElement | null>; onClose: () => void }) => ReactNode;
type OpenOverlay = (place: Element, overlay: Overlay) => void;

const OverlayContext = createContext<OpenOverlay>(() => {
  throw new Error("a cell opens overlays inside of <CellOverlays> only");
});

/** Opens something at a place in a cell. */
export const useCellOverlay = () => use(OverlayContext);

/**
 * Keeps what a cell has opened, as the cell cannot: a row that leaves or moves, because others came, gives its elements
 * and their state to another.
 */
export function CellOverlays({ children }: { children: ReactNode }) {
  const [opened, setOpened] = useState<{ overlay: Overlay; place: CSSProperties } | null>(null);
  const [open] = useState((): OpenOverlay => (element, overlay) => {
    const { left, top, width, height } = element.getBoundingClientRect();
    setOpened({ overlay, place: { left, top, width, height } });
  });
  return (
    <OverlayContext value={open}>
      {children}
      {opened && <Placed {...opened} onClose={() => setOpened(null)} />}
    </OverlayContext>
  );
}

function Placed({ overlay, place, onClose }: { overlay: Overlay; place: CSSProperties; onClose: () => void }) {
  const triggerRef = useRef<HTMLSpanElement>(null);
  return (
    <>
      <span ref={triggerRef} className="pointer-events-none fixed" style={place} aria-hidden />
      <Opening onClose={onClose}>{overlay({ triggerRef, onClose })}</Opening>
    </>
  );
}
