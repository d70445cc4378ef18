import { useEffect, useRef, useState } from "react";
import { growFile } from "../../../lib/growingFile";
import { notify } from "../../../lib/toasts";
import { downloadText as text } from "../../../text/download";
import { Checkbox } from "../../../ui/Checkbox";
import { Dialog } from "../../../ui/Dialog";
import { DialogForm } from "../../../ui/DialogForm";
import { labelLook, TextField } from "../../../ui/Field";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { useProject } from "../ProjectContext";
import { exportSpans, type PickedSpan } from "./exportSpans";
import { jsonLines, otlpJson } from "./notation";

const notations = { jsonl: jsonLines, otlp: otlpJson };
type Format = keyof typeof notations;

type Props = {
  traces: readonly string[];
  /** Where the picked rows are spans. */
  spans: readonly PickedSpan[] | null;
  onClose: () => void;
};

export function DownloadSpans(props: Props) {
  const { traces, spans, onClose } = props;
  const title = spans ? text.title(spans.length, "span") : text.title(traces.length, "trace");
  return (
    <Dialog title={title} isOpen onClose={onClose} size="small">
      <DownloadForm {...props} />
    </Dialog>
  );
}

function DownloadForm({ traces, spans, onClose }: Props) {
  const { id, name } = useProject();
  const [scope, setScope] = useState<"spans" | "traces">(spans ? "spans" : "traces");
  const [format, setFormat] = useState<Format>("jsonl");
  const [withSpanAnnotations, setSpanAnnotations] = useState(true);
  const [withTraceAnnotations, setTraceAnnotations] = useState(true);
  const [openedAt] = useState(() => new Date().toISOString().slice(0, 19).replaceAll(":", "-"));
  const [typed, setTyped] = useState<string | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const closed = useRef<AbortController | null>(null);
  useEffect(() => () => closed.current?.abort(), []);

  const notation = notations[format];
  const file = typed ?? `${name}-${scope}-${openedAt}.${notation.extension}`;

  const submit = async () => {
    const growing = await growFile(file.trim(), notation.mime);
    if (!growing) return false;
    const abort = new AbortController();
    closed.current = abort;
    try {
      const count = await exportSpans(
        {
          project: { id, name },
          of: scope === "spans" && spans ? { spans } : { traces },
          notation,
          withSpanAnnotations,
          withTraceAnnotations,
        },
        growing.write,
        setProgress,
        abort.signal,
      );
      await growing.close();
      notify({ tone: "success", title: text.done(count, file.trim()) });
      onClose();
    } catch (error) {
      setProgress(null);
      await growing.abort().catch(() => undefined);
      throw error;
    }
    return undefined;
  };

  return (
    <DialogForm
      submit={text.action}
      isReady={file.trim() !== ""}
      status={
        <span role="status" className="tabular mr-auto self-center text-meta text-ink-3">
          {progress !== null && text.progress(progress)}
        </span>
      }
      onSubmit={submit}
      onClose={onClose}
    >
      {spans && (
        <SegmentedControl
          label={text.what}
          options={[
            { value: "spans", label: text.spans(spans.length) },
            { value: "traces", label: text.traces(traces.length) },
          ]}
          value={scope}
          onChange={setScope}
        />
      )}
      <div className="flex flex-col gap-1">
        <span className={labelLook}>{text.format}</span>
        <SegmentedControl
          label={text.format}
          options={[
            { value: "jsonl", label: text.formats.jsonl },
            { value: "otlp", label: text.formats.otlp },
          ]}
          value={format}
          onChange={setFormat}
        />
        <p className="text-meta text-ink-3">{text.formatNotes[format]}</p>
      </div>
      <div className="flex flex-col gap-2">
        <Checkbox isSelected={withSpanAnnotations} onChange={setSpanAnnotations}>
          {text.spanAnnotations}
        </Checkbox>
        <Checkbox isSelected={withTraceAnnotations} onChange={setTraceAnnotations}>
          {text.traceAnnotations}
        </Checkbox>
      </div>
      <TextField
        label={text.file}
        autoComplete="off"
        value={file}
        onChange={setTyped}
        error={file.trim() === "" ? text.noFile : undefined}
      />
    </DialogForm>
  );
}
