import { useRef, useState } from "react";
import { Form } from "react-aria-components";
import { messageOf } from "../../lib/apiError";
import { logIn, LoginError, type Credentials } from "../../lib/login";
import { access } from "../../text/access";
import { Alert } from "../../ui/Alert";
import { Button } from "../../ui/Button";
import { PasswordField, TextField } from "../../ui/Field";

const TOO_MANY = 429;

/** Name and password, for accounts kept here or in the directory. What was typed stays when it was wrong. */
export function LoginForm({
  method,
  name: initialName = "",
  autoFocus = false,
  isSecond = false,
  onLoggedIn,
}: {
  method: Credentials["method"];
  name?: string;
  autoFocus?: boolean;
  /** Another form above it is what most people want. */
  isSecond?: boolean;
  onLoggedIn: () => Promise<void> | void;
}) {
  const [name, setName] = useState(initialName);
  const [password, setPassword] = useState("");
  const [failure, setFailure] = useState<string | null>(null);
  const [isPending, setPending] = useState(false);
  const passwordInput = useRef<HTMLInputElement>(null);
  const isLocal = method === "local";

  const submit = async () => {
    setPending(true);
    setFailure(null);
    try {
      await logIn({ method, name, password });
      await onLoggedIn();
    } catch (error) {
      setFailure(error instanceof LoginError && error.status === TOO_MANY ? access.logIn.lockedOut : messageOf(error));
      passwordInput.current?.select();
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
      <TextField
        label={isLocal ? access.logIn.email : access.logIn.directoryUsername}
        type={isLocal ? "email" : "text"}
        autoComplete="username"
        isRequired
        autoFocus={autoFocus && initialName === ""}
        value={name}
        onChange={setName}
      />
      <PasswordField
        label={access.logIn.password}
        autoComplete="current-password"
        isRequired
        autoFocus={autoFocus && initialName !== ""}
        value={password}
        onChange={setPassword}
        inputRef={passwordInput}
      />
      <Button type="submit" look={isSecond ? "default" : "primary"} size="large" isPending={isPending}>
        {isLocal ? access.logIn.submit : access.logIn.submitDirectory}
      </Button>
    </Form>
  );
}
