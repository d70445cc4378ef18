import { Navigate, useSearchParams } from "react-router";
import { config, serverUrl } from "../../lib/config";
import { safeReturnUrl } from "../../lib/returnUrl";
import { access } from "../../text/access";
import { AccessPage } from "./AccessPage";
import { NewPassword } from "./NewPassword";
import { usePasswordChange } from "./usePasswordChange";

/** After a password that somebody else chose, before anything else. */
export function ResetPasswordPage() {
  const [params] = useSearchParams();
  const change = usePasswordChange();
  if (!config.authenticationEnabled || config.basicAuthDisabled) return <Navigate to="/projects" replace />;
  const returnUrl = safeReturnUrl(params.get("returnUrl"));
  return (
    <AccessPage pageTitle={access.reset.pageTitle} title={access.reset.title} note={access.reset.forced}>
      <NewPassword
        asksCurrent
        autoFocus
        onSubmit={async (passwords) => {
          await change(passwords);
          // A full navigation: what the old session has read is forgotten.
          window.location.assign(serverUrl(`/login?${new URLSearchParams({ message: "password-reset", returnUrl })}`));
        }}
      />
    </AccessPage>
  );
}
