import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import { messageOf } from "../lib/apiError";
import { common } from "../text/common";
import { Alert } from "./Alert";
import { Button } from "./Button";
import { DialogActions } from "./Dialog";

/** What a dialog asks for, and the button that does it. A failure is said over what was filled in, which stays. */
export function DialogForm({
  submit,
  look = "primary",
  back = common.cancel,
  isReady = true,
  status,
  onSubmit,
  onClose,
  children,
}: {
  /** The verb on the button. */
  submit: string;
  look?: "primary" | "danger";
  /** On the button that leaves things as they are. */
  back?: string;
  isReady?: boolean;
  /** How far it has come, beside the buttons. */
  status?: ReactNode;
  /** `false`: there was nothing to do yet. Otherwise it closes the dialog itself. */
  onSubmit: () => Promise<void | false>;
  onClose: () => void;
  children: ReactNode;
}) {
  const [failure, setFailure] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const go = async () => {
    if (!isReady || isPending) return;
    setPending(true);
    setFailure(null);
    try {
      if ((await onSubmit()) === false) setPending(false);
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
      <div className="flex flex-col gap-4 p-4">
        {failure && <Alert tone="danger">{failure}</Alert>}
        {children}
      </div>
      <DialogActions>
        {status}
        <Button size="large" onPress={onClose}>
          {back}
        </Button>
        <Button type="submit" look={look} size="large" isDisabled={!isReady} isPending={isPending}>
          {submit}
        </Button>
      </DialogActions>
    </Form>
  );
}
