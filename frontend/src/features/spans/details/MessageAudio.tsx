import { Volume2 } from "lucide-react";
import { useState } from "react";
import { config } from "../../../lib/config";
import { spanText as words } from "../../../text/span";
import { Button } from "../../../ui/Button";
import { PlainText } from "../../../ui/text/PlainText";
import { REDACTED } from "../model/read";
import { Redacted } from "./Redacted";

/** A recording with its transcript. One on another server is fetched only when a person asks: its address came with the data. */
export function MessageAudio({ url, transcript }: { url: string; transcript: string | null }) {
  const isInline = url.startsWith("data:audio/");
  const isRemote = /^https?:\/\//.test(url);
  const [isWanted, setWanted] = useState(isInline);
  const [hasFailed, setFailed] = useState(false);
  if (url === REDACTED) return <Redacted what={words.recording} />;
  return (
    <div className="flex flex-col gap-1.5">
      {hasFailed || (!isInline && !isRemote) ? (
        <p className="text-meta break-all text-ink-3">{words.noRecording(url.slice(0, 200))}</p>
      ) : isWanted ? (
        // oxlint-disable-next-line jsx-a11y/media-has-caption -- the transcript stands below where there is one
        <audio
          controls
          src={url}
          aria-label={words.recording}
          onError={() => setFailed(true)}
          className="h-9 w-full max-w-110"
        />
      ) : config.allowExternalResources ? (
        <Button icon={<Volume2 size={14} aria-hidden />} onPress={() => setWanted(true)} className="w-fit">
          {words.loadRecording(new URL(url).host)}
        </Button>
      ) : (
        <p className="text-meta break-all text-ink-3">{words.externalOff(url)}</p>
      )}
      {transcript && <PlainText text={transcript} />}
    </div>
  );
}
