import { useState, type ReactNode } from "react";
import { Form } from "react-aria-components";
import { messageOf } from "../../lib/apiError";
import { access } from "../../text/access";
import { Alert } from "../../ui/Alert";
import { Button } from "../../ui/Button";
import { PasswordField } from "../../ui/Field";

export type PasswordChange = { current: string; next: string };

/** The new password twice, and the current one where that proves who is asking. */
export function NewPassword({
  asksCurrent,
  autoFocus = false,
  actions,
  onSubmit,
}: {
  asksCurrent: boolean;
  autoFocus?: boolean;
  actions?: ReactNode;
  onSubmit: (change: PasswordChange) => Promise<void>;
}) {
  const [current, setCurrent] = useState("");
  const [next, setNext] = useState("");
  const [repeated, setRepeated] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const differs = repeated !== "" && repeated !== next;

  const submit = async () => {
    if (next !== repeated) return;
    setPending(true);
    setFailure(null);
    try {
      await onSubmit({ current, next });
    } catch (error) {
      setFailure(messageOf(error));
    } finally {
      setPending(false);
    }
  };

  return (
    <Form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        void submit();
      }}
    >
      {failure && <Alert tone="danger">{failure}</Alert>}
      {asksCurrent && (
        <PasswordField
          label={access.reset.current}
          autoComplete="current-password"
          isRequired
          autoFocus={autoFocus}
          value={current}
          onChange={setCurrent}
        />
      )}
      <PasswordField
        label={access.reset.password}
        autoComplete="new-password"
        isRequired
        autoFocus={autoFocus && !asksCurrent}
        value={next}
        onChange={setNext}
      />
      <PasswordField
        label={access.reset.repeat}
        autoComplete="new-password"
        isRequired
        error={differs ? access.reset.differs : undefined}
        value={repeated}
        onChange={setRepeated}
      />
      <div className="flex justify-end gap-2">
        {actions}
        <Button type="submit" look="primary" size="large" isPending={isPending} className="grow">
          {access.reset.submit}
        </Button>
      </div>
    </Form>
  );
}
