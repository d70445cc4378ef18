import { HardDrive, X } from "lucide-react";
import { useEffect, useEffectEvent, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import type { StorageBarQuery } from "../../__generated__/StorageBarQuery.graphql";
import { config } from "../../lib/config";
import { whenQuiet } from "../../lib/connection";
import { useInterval } from "../../lib/useInterval";
import { common } from "../../text/common";
import { shell } from "../../text/shell";
import { IconButton } from "../../ui/Button";

const ASK_MS = 60_000;

/** While the server takes nothing in because its disk is full: without it people look for their traces in vain. */
export function StorageBar() {
  const environment = useRelayEnvironment();
  const [isFull, setFull] = useState(false);
  const [isDismissed, setDismissed] = useState(false);
  const ask = () =>
    void fetchQuery<StorageBarQuery>(
      environment,
      graphql`
        query StorageBarQuery {
          serverStatus {
            insufficientStorage
          }
        }
      `,
      {},
      { fetchPolicy: "network-only" },
    ).subscribe({
      next: ({ serverStatus }) => {
        setFull(serverStatus.insufficientStorage);
        // Once there was room again, the next time is news.
        if (!serverStatus.insufficientStorage) setDismissed(false);
      },
      error: () => {},
    });
  const askFirst = useEffectEvent(ask);
  useEffect(() => whenQuiet(() => askFirst()), []);
  useInterval(ask, ASK_MS);

  if (!isFull || isDismissed) return null;
  return (
    <div
      role="alert"
      className="flex shrink-0 items-center gap-2 border-t border-line bg-danger-soft px-4 py-1.5 text-meta"
    >
      <HardDrive size={14} className="shrink-0 text-danger" aria-hidden />
      <span className="grow">
        {shell.storage.full}{" "}
        {config.supportEmail && (
          <>
            {shell.storage.support}{" "}
            <a href={`mailto:${config.supportEmail}`} className="underline">
              {config.supportEmail}
            </a>
          </>
        )}
      </span>
      <IconButton label={common.dismiss} size="small" icon={<X size={14} />} onPress={() => setDismissed(true)} />
    </div>
  );
}
