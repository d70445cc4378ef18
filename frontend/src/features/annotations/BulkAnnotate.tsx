import { Tags } from "lucide-react";
import { Suspense, useState } from "react";
import { lazily } from "../../lib/code";
import { usePermissions } from "../../lib/viewer";
import { annotationsText, bulkText as words } from "../../text/annotations";
import { Button } from "../../ui/Button";
import { Dialog } from "../../ui/Dialog";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import type { BulkTarget } from "./useBulkWriter";

const BulkForm = lazily(async () => (await import("./BulkForm")).BulkForm);

/** For the bar over picked rows: one annotation for all of them. */
export function BulkAnnotate({
  projectId,
  target,
  ids,
}: {
  projectId: string;
  target: BulkTarget;
  ids: readonly string[];
}) {
  const { canWrite } = usePermissions();
  const [isOpen, setOpen] = useState(false);
  if (!canWrite) return null;
  return (
    <>
      <Button look="quiet" icon={<Tags size={14} aria-hidden />} onPress={() => setOpen(true)}>
        {annotationsText.annotateAction}
      </Button>
      <Dialog title={words.title(ids.length, target)} isOpen={isOpen} onClose={() => setOpen(false)} size="small">
        <ErrorBoundary compact>
          <Suspense fallback={null}>
            <BulkForm projectId={projectId} target={target} ids={ids} onDone={() => setOpen(false)} />
          </Suspense>
        </ErrorBoundary>
      </Dialog>
    </>
  );
}
