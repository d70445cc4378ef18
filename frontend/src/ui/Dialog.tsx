import { X } from "lucide-react";
import type { ReactNode } from "react";
import { Dialog as AriaDialog, Heading, Modal, ModalOverlay } from "react-aria-components";
import { IconButton } from "./Button";

export function Dialog({
  title,
  isOpen,
  onClose,
  children,
}: {
  title: string;
  isOpen: boolean;
  onClose: () => void;
  children: ReactNode;
}) {
  return (
    <ModalOverlay
      isOpen={isOpen}
      onOpenChange={(open) => !open && onClose()}
      isDismissable
      className="fixed inset-0 z-50 flex items-start justify-center bg-scrim px-4 pt-[10vh] transition-opacity entering:opacity-0 exiting:opacity-0"
    >
      <Modal className="max-h-[80vh] w-full max-w-160 overflow-auto rounded-surface bg-raised shadow-overlay">
        <AriaDialog className="outline-none">
          <header className="sticky top-0 flex h-11 items-center justify-between border-b border-line bg-raised pr-2 pl-4">
            <Heading slot="title" className="text-section font-semibold">
              {title}
            </Heading>
            <IconButton label="Close" shortcut="esc" icon={<X size={16} />} onPress={onClose} />
          </header>
          {children}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  );
}
