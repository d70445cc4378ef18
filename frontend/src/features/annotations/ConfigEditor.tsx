import { Plus, X } from "lucide-react";
import { useState } from "react";
import { common } from "../../text/common";
import { configsText as words } from "../../text/annotations";
import { Button, IconButton } from "../../ui/Button";
import { DialogForm } from "../../ui/DialogForm";
import { labelLook, TextField } from "../../ui/Field";
import { SegmentedControl } from "../../ui/SegmentedControl";
import type { Config, Direction } from "./model/config";
import { formOf, problemsOf, type ConfigForm } from "./model/form";

const TYPES = ["CATEGORICAL", "CONTINUOUS", "FREEFORM"] as const;
const DIRECTIONS: Direction[] = ["MAXIMIZE", "MINIMIZE", "NONE"];

export function ConfigEditor({
  config,
  taken,
  onStore,
  onLeave,
}: {
  config: Config | null;
  taken: readonly string[];
  onStore: (form: ConfigForm) => Promise<void>;
  onLeave: () => void;
}) {
  const [form, setForm] = useState(() => formOf(config));
  const [isTried, setTried] = useState(false);
  const change = (changes: Partial<ConfigForm>) => setForm((before) => ({ ...before, ...changes }));
  // What is wrong is said once somebody tried to store it, and then as it is typed.
  const problems = isTried ? problemsOf(form, taken) : {};
  const store = async () => {
    setTried(true);
    if (Object.keys(problemsOf(form, taken)).length > 0) return false;
    await onStore(form);
    onLeave();
    return undefined;
  };
  return (
    <DialogForm submit={config ? common.save : common.create} back={words.back} onSubmit={store} onClose={onLeave}>
      <TextField
        label={words.name}
        note={words.nameNote}
        error={problems.name}
        autoFocus
        autoComplete="off"
        value={form.name}
        onChange={(name) => change({ name })}
      />
      <TextField
        label={words.description}
        autoComplete="off"
        value={form.description}
        onChange={(description) => change({ description })}
      />
      <div className="flex flex-wrap gap-x-8 gap-y-4">
        <div className="flex flex-col gap-1">
          <span className={labelLook}>{words.type}</span>
          <SegmentedControl
            label={words.type}
            value={form.type}
            onChange={(type) => change({ type })}
            options={TYPES.map((value) => ({ value, label: words.types[value] }))}
          />
        </div>
        <div className="flex flex-col gap-1">
          <span className={labelLook}>{words.direction}</span>
          <SegmentedControl
            label={words.direction}
            value={form.direction}
            onChange={(direction) => change({ direction })}
            options={DIRECTIONS.map((value) => ({ value, label: words.directions[value] }))}
          />
        </div>
      </div>
      <p className="text-meta text-ink-3">{words.typeNotes[form.type]}</p>
      {form.type === "CATEGORICAL" ? (
        <Choices choices={form.choices} problem={problems.choices} onChange={(choices) => change({ choices })} />
      ) : (
        <div className="flex gap-4">
          <TextField
            label={words.lower}
            inputMode="decimal"
            error={problems.lower}
            value={form.lower}
            onChange={(lower) => change({ lower })}
          />
          <TextField
            label={words.upper}
            inputMode="decimal"
            error={problems.upper}
            value={form.upper}
            onChange={(upper) => change({ upper })}
          />
        </div>
      )}
    </DialogForm>
  );
}

function Choices({
  choices,
  problem,
  onChange,
}: {
  choices: ConfigForm["choices"];
  problem: string | undefined;
  onChange: (choices: ConfigForm["choices"]) => void;
}) {
  const set = (index: number, changes: Partial<ConfigForm["choices"][number]>) =>
    onChange(choices.map((choice, at) => (at === index ? { ...choice, ...changes } : choice)));
  return (
    <div className="flex flex-col gap-2">
      <ul className="flex flex-col gap-2">
        {choices.map((choice, index) => (
          <li key={index} className="flex items-end gap-2">
            <div className="grow">
              <TextField
                label={words.label(index + 1)}
                autoComplete="off"
                value={choice.label}
                onChange={(label) => set(index, { label })}
              />
            </div>
            <div className="w-36">
              <TextField
                label={words.score(index + 1)}
                inputMode="decimal"
                value={choice.score}
                onChange={(score) => set(index, { score })}
              />
            </div>
            <IconButton
              label={words.removeLabel(index + 1)}
              icon={<X size={14} />}
              isDisabled={choices.length === 1}
              onPress={() => onChange(choices.filter((_, at) => at !== index))}
            />
          </li>
        ))}
      </ul>
      {problem && (
        <p role="alert" className="text-meta text-danger">
          {problem}
        </p>
      )}
      <Button
        look="quiet"
        className="w-fit"
        icon={<Plus size={14} aria-hidden />}
        onPress={() => onChange([...choices, { label: "", score: "" }])}
      >
        {words.addLabel}
      </Button>
    </div>
  );
}
