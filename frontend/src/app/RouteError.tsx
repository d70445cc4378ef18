import { useRouteError } from "react-router";
import { shell } from "../text/shell";
import { ButtonLink } from "../ui/Button";
import { ErrorState } from "../ui/ErrorState";

export function RouteError() {
  const error = useRouteError();
  return (
    <div className="flex grow flex-col items-center bg-surface">
      <ErrorState error={error} onRetry={() => window.location.reload()} />
      <ButtonLink href="/projects">{shell.notFound.home}</ButtonLink>
    </div>
  );
}
