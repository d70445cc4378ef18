import { useState } from "react";
import { Form } from "react-aria-components";
import { messageOf } from "../../lib/apiError";
import { dismiss, notify } from "../../lib/toasts";
import { annotationsText, bulkText as words, configsText } from "../../text/annotations";
import { common } from "../../text/common";
import { Alert } from "../../ui/Alert";
import { Button } from "../../ui/Button";
import { DialogActions } from "../../ui/Dialog";
import { inputLook, labelLook, TextArea, TextField } from "../../ui/Field";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { ConfigsDialog } from "./ConfigsDialog";
import type { Change } from "./model/annotation";
import { announce } from "./model/newest";
import { scoreIn, type Config } from "./model/config";
import { useBulkWriter, type BulkTarget } from "./useBulkWriter";
import { useConfigs } from "./useConfigs";

export function BulkForm({
  projectId,
  target,
  ids,
  onDone,
}: {
  projectId: string;
  target: BulkTarget;
  ids: readonly string[];
  onDone: () => void;
}) {
  const { offered } = useConfigs(projectId);
  const writer = useBulkWriter(target);
  const [chosen, setChosen] = useState<string | null>(null);
  const [value, setValue] = useState("");
  const [explanation, setExplanation] = useState("");
  const [isManaging, setManaging] = useState(false);
  const [isPending, setPending] = useState(false);
  const [failure, setFailure] = useState<string | null>(null);
  const config = offered.find(({ id }) => id === chosen) ?? offered[0];
  const change = config ? toChange(config, value, explanation) : null;

  const store = async () => {
    if (!change) return;
    setPending(true);
    setFailure(null);
    const { made, replaced, error } = await writer.set(ids, change);
    if (error !== null && made.length + replaced === 0) {
      setFailure(messageOf(error));
      setPending(false);
      return;
    }
    announce(change.name);
    const toast = notify({
      tone: error === null ? "success" : "danger",
      title:
        error === null
          ? words.stored(ids.length, target)
          : `${words.partly(made.length + replaced, ids.length)}: ${messageOf(error)}`,
      ...(replaced > 0 ? { message: words.replaced(replaced) } : {}),
      action: {
        label: common.undo,
        run: () => {
          dismiss(toast);
          void writer.remove(made).then(
            () => notify({ tone: "success", title: words.undone(made.length) }),
            (problem: unknown) => notify({ tone: "danger", title: messageOf(problem) }),
          );
        },
      },
    });
    onDone();
  };

  if (!config) {
    return (
      <>
        <p className="p-4 text-ink-2">{annotationsText.noConfigs}</p>
        <DialogActions>
          <Button look="primary" size="large" onPress={() => setManaging(true)}>
            {annotationsText.setUp}
          </Button>
        </DialogActions>
        <ConfigsDialog projectId={projectId} isOpen={isManaging} onClose={() => setManaging(false)} />
      </>
    );
  }
  return (
    <>
      <Form
        onSubmit={(event) => {
          event.preventDefault();
          void store();
        }}
      >
        <div className="flex flex-col gap-4 p-4">
          {failure && <Alert tone="danger">{failure}</Alert>}
          <label className="flex flex-col gap-1">
            <span className={labelLook}>{words.with}</span>
            <select
              value={config.id}
              onChange={(event) => {
                setChosen(event.target.value);
                setValue("");
              }}
              className={inputLook}
            >
              {offered.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </select>
          </label>
          {config.type === "CATEGORICAL" ? (
            <div className="flex flex-col gap-1">
              <span className={labelLook}>{words.value}</span>
              <SegmentedControl
                label={config.name}
                value={value}
                onChange={setValue}
                options={config.choices.map(({ label }) => ({ value: label, label }))}
              />
            </div>
          ) : (
            <TextField
              label={words.value}
              note={config.type === "CONTINUOUS" ? annotationsText.between(config.lower, config.upper) : undefined}
              value={value}
              onChange={setValue}
            />
          )}
          <TextArea label={words.explanation} value={explanation} onChange={setExplanation} rows={2} />
        </div>
        <DialogActions>
          <Button size="large" look="quiet" onPress={() => setManaging(true)}>
            {configsText.title}
          </Button>
          <Button type="submit" look="primary" size="large" isDisabled={!change} isPending={isPending}>
            {words.store(ids.length, target)}
          </Button>
        </DialogActions>
      </Form>
      {/* Beside the form: what is submitted inside of it would arrive here, too. */}
      <ConfigsDialog projectId={projectId} isOpen={isManaging} onClose={() => setManaging(false)} />
    </>
  );
}

/** What would be stored; `null` while it is not complete. */
function toChange(config: Config, value: string, explanation: string): Change | null {
  const blank = { name: config.name, label: null, score: null, explanation: explanation.trim() || null };
  switch (config.type) {
    case "CATEGORICAL": {
      const choice = config.choices.find(({ label }) => label === value);
      return choice ? { ...blank, label: choice.label, score: choice.score } : null;
    }
    case "CONTINUOUS": {
      const score = scoreIn(value, config.lower, config.upper);
      return score === null ? null : { ...blank, score };
    }
    case "FREEFORM":
      return value.trim() === "" ? null : { ...blank, explanation: value.trim() };
  }
}
