import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { copyText } from "../lib/copyText";
import { Button, IconButton } from "./Button";
import { common } from "../text/common";

const SHOWN_MS = 2000;

/** Copies, then shows a check for a moment. */
export function useCopied(): [boolean, (text: string) => void] {
  const [copied, setCopied] = useState(0);
  const copy = (text: string) => {
    copyText(text).then(() => {
      const at = Date.now();
      setCopied(at);
      setTimeout(() => setCopied((latest) => (latest === at ? 0 : latest)), SHOWN_MS);
    }, reportError);
  };
  return [copied > 0, copy];
}

export function CopyButton({
  text,
  label,
  shortcut,
}: {
  text: string | (() => string);
  label: string;
  shortcut?: string;
}) {
  const [copied, copy] = useCopied();
  return (
    <IconButton
      label={copied ? common.copied : label}
      {...(shortcut ? { shortcut } : {})}
      size="small"
      icon={copied ? <Check size={14} className="text-success" /> : <Copy size={14} />}
      onPress={() => copy(typeof text === "string" ? text : text())}
    />
  );
}

export function CopyTextButton({ text, label }: { text: string; label: string }) {
  const [copied, copy] = useCopied();
  return (
    <Button look="quiet" icon={copied ? <Check size={14} /> : <Copy size={14} />} onPress={() => copy(text)}>
      {copied ? common.copied : label}
    </Button>
  );
}
