import { useRouteError } from "react-router";
import { ButtonLink } from "../ui/Button";
import { ErrorState } from "../ui/ErrorState";

export function RouteError() {
  const error = useRouteError();
  return (
    <div className="flex grow flex-col items-center bg-surface">
      <ErrorState error={error} onRetry={() => window.location.reload()} />
      <ButtonLink href="/projects">Return home</ButtonLink>
    </div>
  );
}
