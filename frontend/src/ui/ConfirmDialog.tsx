import { useState, type ReactNode } from "react";
import { Dialog } from "./Dialog";
import { DialogForm } from "./DialogForm";
import { TextField } from "./Field";

/** Before something that cannot be undone. What is dear asks for its name to be typed. */
export function ConfirmDialog({
  title,
  confirm,
  typed,
  isOpen,
  onClose,
  onConfirm,
  children,
}: {
  title: string;
  /** The verb on the button. */
  confirm: string;
  /** What must be typed, and how the field says so. */
  typed?: { text: string; label: string };
  isOpen: boolean;
  onClose: () => void;
  onConfirm: () => Promise<void>;
  children: ReactNode;
}) {
  return (
    <Dialog title={title} isOpen={isOpen} onClose={onClose} size="small" isAlert>
      <Question confirm={confirm} typed={typed} onClose={onClose} onConfirm={onConfirm}>
        {children}
      </Question>
    </Dialog>
  );
}

function Question({
  confirm,
  typed,
  onClose,
  onConfirm,
  children,
}: {
  confirm: string;
  typed: { text: string; label: string } | undefined;
  onClose: () => void;
  onConfirm: () => Promise<void>;
  children: ReactNode;
}) {
  const [text, setText] = useState("");
  const go = async () => {
    await onConfirm();
    onClose();
  };
  return (
    <DialogForm
      submit={confirm}
      look="danger"
      isReady={typed === undefined || text === typed.text}
      onSubmit={go}
      onClose={onClose}
    >
      <div className="text-body text-ink-2">{children}</div>
      {typed && <TextField label={typed.label} autoFocus autoComplete="off" value={text} onChange={setText} />}
    </DialogForm>
  );
}
