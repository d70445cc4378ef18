import { Link, Navigate, useSearchParams } from "react-router";
import { config } from "../../lib/config";
import { access } from "../../text/access";
import { Alert } from "../../ui/Alert";
import { AccessPage } from "./AccessPage";

/** Where people land without passwords: the log-in page might log them in again at once. */
export function LoggedOutPage() {
  const [params] = useSearchParams();
  const error = params.get("error");
  if (!config.authenticationEnabled) return <Navigate to="/projects" replace />;
  return (
    <AccessPage pageTitle={`${access.loggedOut.title} - Phoenix`} title={access.loggedOut.title}>
      {error !== null && <Alert tone="danger">{config.authErrorMessages[error] ?? access.logIn.unknownError}</Alert>}
      <Link
        to="/login"
        reloadDocument
        className="flex h-8 cursor-default items-center justify-center rounded-control bg-accent text-body font-medium text-on-accent hover:opacity-90"
      >
        {access.loggedOut.again}
      </Link>
    </AccessPage>
  );
}
