import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import { messageOf } from "../lib/apiError";
import { common } from "../text/common";
import { Alert } from "./Alert";
import { Button } from "./Button";
import { Dialog, DialogActions } from "./Dialog";
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
  const [failure, setFailure] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const isReady = typed === undefined || text === typed.text;
  const go = async () => {
    if (!isReady) return;
    setPending(true);
    setFailure(null);
    try {
      await onConfirm();
      onClose();
    } catch (error) {
      setFailure(messageOf(error));
      setPending(false);
    }
  };
  return (
    <Form
      onSubmit={(event) => {
        event.preventDefault();
        void go();
      }}
    >
      <div className="flex flex-col gap-3 p-4">
        <div className="text-body text-ink-2">{children}</div>
        {failure && <Alert tone="danger">{failure}</Alert>}
        {typed && <TextField label={typed.label} autoFocus autoComplete="off" value={text} onChange={setText} />}
      </div>
      <DialogActions>
        <Button size="large" onPress={onClose}>
          {common.cancel}
        </Button>
        <Button type="submit" look="danger" size="large" isDisabled={!isReady} isPending={isPending}>
          {confirm}
        </Button>
      </DialogActions>
    </Form>
  );
}
