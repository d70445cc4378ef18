import { Suspense, useEffect, useState, type ReactNode } from "react";
import { graphql, useLazyLoadQuery } from "react-relay/hooks";
import { Navigate, useLocation } from "react-router";
import type { ViewerGateQuery } from "../../__generated__/ViewerGateQuery.graphql";
import { lazily } from "../../lib/code";
import { config } from "../../lib/config";
import { sessionIsKnown, useSessionExpired } from "../../lib/session";
import { ViewerProvider, type Role, type Viewer } from "../../lib/viewer";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { Opening } from "../../ui/Opening";

const SessionExpiredDialog = lazily(async () => (await import("./SessionExpiredDialog")).SessionExpiredDialog);

/** Finds out who is there before anything is shown to them. Without authentication it asks nothing. */
export function ViewerGate({ children }: { children: ReactNode }) {
  const [attempt, setAttempt] = useState(0);
  if (!config.authenticationEnabled) return children;
  return (
    <ErrorBoundary resetKey={attempt} onRetry={() => setAttempt((count) => count + 1)}>
      <Suspense>
        <Gate attempt={attempt}>{children}</Gate>
      </Suspense>
    </ErrorBoundary>
  );
}

function Gate({ attempt, children }: { attempt: number; children: ReactNode }) {
  const location = useLocation();
  const { viewer } = useLazyLoadQuery<ViewerGateQuery>(
    graphql`
      query ViewerGateQuery {
        viewer {
          id
          username
          email
          authMethod
          passwordNeedsReset
          isManagementUser
          role {
            name
          }
        }
      }
    `,
    {},
    { fetchPolicy: "store-or-network", fetchKey: attempt },
  );
  useEffect(sessionIsKnown, []);
  const isExpired = useSessionExpired();

  const known: Viewer | null = viewer ? { ...viewer, role: viewer.role.name as Role } : null;
  const mustChoose = known?.passwordNeedsReset && known.authMethod === "LOCAL";
  if (mustChoose) {
    const returnUrl = location.pathname + location.search + location.hash;
    return <Navigate to={`/reset-password?${new URLSearchParams({ returnUrl })}`} replace />;
  }
  return (
    <ViewerProvider value={known}>
      {children}
      {isExpired && (
        <Opening>
          <SessionExpiredDialog viewer={known} />
        </Opening>
      )}
    </ViewerProvider>
  );
}
