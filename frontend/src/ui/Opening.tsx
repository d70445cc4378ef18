import { Suspense, type ReactNode } from "react";
import { errorsText } from "../text/errors";
import { Dialog } from "./Dialog";
import { ErrorBoundary } from "./ErrorBoundary";
import { ErrorState } from "./ErrorState";

/** Around what opens over the page with code of its own: nothing is seen until it is there, or why it does not come. */
export function Opening({ onClose, children }: { onClose?: () => void; children: ReactNode }) {
  return (
    <ErrorBoundary
      fallback={(error) => (
        <Dialog title={errorsText.notOpened} isOpen onClose={onClose} size="small">
          <ErrorState error={error} />
        </Dialog>
      )}
    >
      <Suspense>{children}</Suspense>
    </ErrorBoundary>
  );
}
