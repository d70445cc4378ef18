import { createContext, useContext, useState, type ReactNode } from "react";
import { createPortal } from "react-dom";

type Slots = {
  breadcrumb: HTMLElement | null;
  actions: HTMLElement | null;
  setBreadcrumb: (element: HTMLElement | null) => void;
  setActions: (element: HTMLElement | null) => void;
};

const SlotsContext = createContext<Slots | null>(null);

/** Places in the top bar that the page below fills. */
export function ShellSlots({ children }: { children: ReactNode }) {
  const [breadcrumb, setBreadcrumb] = useState<HTMLElement | null>(null);
  const [actions, setActions] = useState<HTMLElement | null>(null);
  return (
    <SlotsContext.Provider value={{ breadcrumb, actions, setBreadcrumb, setActions }}>{children}</SlotsContext.Provider>
  );
}

export function useSlots(): Slots {
  const slots = useContext(SlotsContext);
  if (!slots) throw new Error("Outside of the shell there is no top bar.");
  return slots;
}

export function InSlot({ name, children }: { name: "breadcrumb" | "actions"; children: ReactNode }) {
  const element = useSlots()[name];
  return element && createPortal(children, element);
}
