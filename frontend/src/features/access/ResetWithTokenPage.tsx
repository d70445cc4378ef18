import { useState } from "react";
import { Link, Navigate, useNavigate, useSearchParams } from "react-router";
import { config } from "../../lib/config";
import { LoginError, resetPassword } from "../../lib/login";
import { access } from "../../text/access";
import { Alert } from "../../ui/Alert";
import { AccessPage } from "./AccessPage";
import { NewPassword } from "./NewPassword";

const UNAUTHORIZED = 401;

/** The page behind the link that is mailed. */
export function ResetWithTokenPage() {
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const token = params.get("token") ?? "";
  const [isSpent, setSpent] = useState(token === "");
  if (!config.authenticationEnabled || config.basicAuthDisabled) return <Navigate to="/login" replace />;
  return (
    <AccessPage pageTitle={access.reset.pageTitle} title={access.reset.title}>
      {isSpent ? (
        <>
          <Alert tone="danger">{access.reset.badLink}</Alert>
          <Link to="/forgot-password" className="self-start text-meta text-ink-2 underline hover:text-ink">
            {access.reset.another}
          </Link>
        </>
      ) : (
        <NewPassword
          asksCurrent={false}
          autoFocus
          onSubmit={async ({ next }) => {
            try {
              await resetPassword(token, next);
            } catch (error) {
              if (error instanceof LoginError && error.status === UNAUTHORIZED) setSpent(true);
              throw error;
            }
            void navigate("/login?message=password-reset", { replace: true });
          }}
        />
      )}
    </AccessPage>
  );
}
