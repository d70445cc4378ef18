import { Image as ImageIcon } from "lucide-react";
import { useState } from "react";
import { config } from "../../../lib/config";
import { cx } from "../../../lib/cx";
import { messageText as words } from "../../../text/span";
import { Button } from "../../../ui/Button";
import { REDACTED } from "../model/read";
import { Redacted } from "./Redacted";

/** An image of a message. One on another server is fetched only when a person asks: its address came with the data. */
export function MessageImage({ url }: { url: string }) {
  const isInline = url.startsWith("data:image/");
  const isRemote = /^https?:\/\//.test(url);
  const [isWanted, setWanted] = useState(isInline);
  const [isLarge, setLarge] = useState(false);
  const [hasFailed, setFailed] = useState(false);

  if (url === REDACTED) return <Redacted what={words.image} />;
  if (!isInline && !isRemote)
    return <p className="text-meta break-all text-ink-3">{words.imageIs(url.slice(0, 200))}</p>;
  if (hasFailed) return <p className="text-meta break-all text-ink-3">{words.noImage(url.slice(0, 200))}</p>;
  if (!isWanted) {
    return config.allowExternalResources ? (
      <Button icon={<ImageIcon size={14} />} onPress={() => setWanted(true)} className="w-fit">
        {words.loadImage(new URL(url).host)}
      </Button>
    ) : (
      <p className="text-meta break-all text-ink-3">{words.externalOff(url)}</p>
    );
  }
  return (
    <button
      type="button"
      onClick={() => setLarge(!isLarge)}
      aria-label={isLarge ? words.smaller : words.larger}
      className="w-fit cursor-default"
    >
      <img
        src={url}
        alt={words.imageAlt}
        referrerPolicy="no-referrer"
        onError={() => setFailed(true)}
        className={cx(
          "min-h-4 min-w-4 rounded-control border border-line object-contain",
          isLarge ? "w-full" : "max-h-40 max-w-full",
        )}
      />
    </button>
  );
}
