import { useState } from "react";
import { Form } from "react-aria-components";
import { Link, Navigate } from "react-router";
import { messageOf } from "../../lib/apiError";
import { config } from "../../lib/config";
import { requestPasswordReset } from "../../lib/login";
import { access } from "../../text/access";
import { Alert } from "../../ui/Alert";
import { Button } from "../../ui/Button";
import { TextField } from "../../ui/Field";
import { AccessPage } from "./AccessPage";

type State = { kind: "asking" } | { kind: "sending" } | { kind: "sent" } | { kind: "failed"; message: string };

/** Says the same whether or not there is such an account. */
export function ForgotPasswordPage() {
  const [email, setEmail] = useState("");
  const [state, setState] = useState<State>({ kind: "asking" });
  if (!config.authenticationEnabled || config.basicAuthDisabled) return <Navigate to="/login" replace />;

  const submit = async () => {
    setState({ kind: "sending" });
    try {
      await requestPasswordReset(email);
      setState({ kind: "sent" });
    } catch (error) {
      setState({ kind: "failed", message: messageOf(error) });
    }
  };
  return (
    <AccessPage pageTitle={access.forgot.pageTitle} title={access.forgot.title} note={access.forgot.explanation}>
      {config.passwordResetEmailEnabled ? (
        <>
          {state.kind === "sent" && <Alert tone="success">{access.forgot.sent}</Alert>}
          {state.kind === "failed" && <Alert tone="danger">{state.message}</Alert>}
          {state.kind !== "sent" && (
            <Form
              className="flex flex-col gap-3"
              onSubmit={(event) => {
                event.preventDefault();
                void submit();
              }}
            >
              <TextField
                label={access.logIn.email}
                type="email"
                autoComplete="username"
                isRequired
                autoFocus
                value={email}
                onChange={setEmail}
              />
              <Button type="submit" look="primary" size="large" isPending={state.kind === "sending"}>
                {access.forgot.submit}
              </Button>
            </Form>
          )}
        </>
      ) : (
        <Alert tone="warning">{access.forgot.noMail}</Alert>
      )}
      <Link to="/login" className="self-start text-meta text-ink-2 underline hover:text-ink">
        {access.forgot.back}
      </Link>
    </AccessPage>
  );
}
