import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { cx } from "../lib/cx";
import { common } from "../text/common";
import { IconButton } from "./Button";

/** Without `onClose` it stays until what it asks for is done. */
export function Dialog({
  title,
  isOpen,
  onClose,
  size = "medium",
  isAlert = false,
  children,
}: {
  title: string;
  isOpen: boolean;
  onClose?: (() => void) | undefined;
  size?: "small" | "medium";
  /** Blocks everything until it is answered: destructive things, secrets that are shown once. */
  isAlert?: boolean;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose?.()}
      isDismissable={onClose !== undefined && !isAlert}
      isKeyboardDismissDisabled={onClose === undefined}
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim px-4 pt-[10vh] transition-opacity entering:opacity-0 exiting:opacity-0"
    >
      <Modal
        className={cx(
          "max-h-[80vh] w-full overflow-auto rounded-surface bg-raised shadow-overlay",
          size === "small" ? "max-w-105" : "max-w-160",
        )}
      >
        <AriaDialog role={isAlert ? "alertdialog" : "dialog"} className="outline-none">
          <div className="sticky top-0 z-10 flex h-11 items-center justify-between border-b border-line bg-raised pr-2 pl-4">
            <Heading slot="title" className="min-w-0 truncate text-section font-semibold">
              {title}
            </Heading>
            {onClose && <IconButton label={common.close} shortcut="esc" icon={<X size={16} />} onPress={onClose} />}
          </div>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}

/** The row of buttons at the end of a dialog. */
export function DialogActions({ children }: { children: ReactNode }) {
  return <footer className="flex justify-end gap-2 border-t border-line px-4 py-3">{children}</footer>;
}
