import { Check } from "lucide-react";
import { useId, useState, type KeyboardEvent } from "react";
import { ToggleButton } from "react-aria-components";
import { cx } from "../../lib/cx";
import { annotationsText as words } from "../../text/annotations";
import { Kbd } from "../../ui/Kbd";
import { labelKeys, scoreIn, type Choice, type Config } from "./model/config";
import type { Annotation, Change } from "./model/annotation";
import type { Annotate } from "./useAnnotate";

/** A control for each config: labels with their keys, a field for numbers and texts. What is chosen is stored at once. */
export function LabelControls({ configs, annotate }: { configs: readonly Config[]; annotate: Annotate }) {
  const keys = [...labelKeys(configs)];
  return configs.map((config) => {
    const own = annotate.own(config.name);
    return (
      <div
        key={config.id}
        role="group"
        aria-label={config.name}
        title={config.description ?? undefined}
        className="flex min-w-0 flex-wrap items-center gap-1"
      >
        <span className="max-w-40 truncate pr-0.5 text-label text-ink-3">{config.name}</span>
        {config.type === "CATEGORICAL" ? (
          config.choices.map((choice) => (
            <LabelButton
              key={choice.label}
              label={choice.label}
              name={config.name}
              shortcut={keys.find(([, entry]) => entry.config === config && entry.choice === choice)?.[0]}
              isChosen={own?.label === choice.label}
              onChoose={() => void choose(annotate, config, choice)}
            />
          ))
        ) : (
          <ValueField
            key={`${own?.id} ${own?.score} ${own?.explanation}`}
            config={config}
            own={own}
            annotate={annotate}
          />
        )}
      </div>
    );
  });
}

/** The label again takes it back. */
export function choose(annotate: Annotate, config: Config, choice: Choice): Promise<boolean> {
  const own = annotate.own(config.name);
  return own?.label === choice.label
    ? annotate.remove(own)
    : annotate.set({
        name: config.name,
        label: choice.label,
        score: choice.score,
        explanation: own?.explanation ?? null,
      });
}

function LabelButton({
  label,
  name,
  shortcut,
  isChosen,
  onChoose,
}: {
  label: string;
  name: string;
  shortcut: string | undefined;
  isChosen: boolean;
  onChoose: () => void;
}) {
  return (
    <ToggleButton
      aria-label={words.choose(name, label)}
      isSelected={isChosen}
      onChange={onChoose}
      className="inline-flex h-6 max-w-48 cursor-default items-center gap-1 rounded-control border border-line-strong bg-surface px-1.5 text-meta text-ink hovered:bg-hover selected:border-accent selected:bg-accent-soft selected:font-medium selected:text-accent"
    >
      {isChosen ? <Check size={12} className="shrink-0" aria-hidden /> : shortcut && <Kbd keys={shortcut} />}
      <span className="truncate">{label}</span>
    </ToggleButton>
  );
}

function ValueField({
  config,
  own,
  annotate,
}: {
  config: Exclude<Config, { type: "CATEGORICAL" }>;
  own: Annotation | null;
  annotate: Annotate;
}) {
  const isNumber = config.type === "CONTINUOUS";
  const stored = isNumber ? (typeof own?.score === "number" ? String(own.score) : "") : (own?.explanation ?? "");
  const [text, setText] = useState(stored);
  const [isWrong, setWrong] = useState(false);
  const errorId = useId();
  const commit = () => {
    if (text === stored) {
      setWrong(false);
      return;
    }
    if (text.trim() === "") {
      if (own) void annotate.remove(own);
      return;
    }
    const change = toChange(config, text, own);
    setWrong(change === null);
    if (change) void annotate.set(change);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter") commit();
    if (event.key !== "Escape" || text === stored) return;
    setText(stored);
    setWrong(false);
    event.stopPropagation();
  };
  return (
    <>
      <input
        aria-label={config.name}
        aria-invalid={isWrong}
        aria-describedby={isWrong ? errorId : undefined}
        inputMode={isNumber ? "decimal" : "text"}
        placeholder={isNumber ? words.between(config.lower, config.upper) : words.text}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
        className={cx(
          "h-6 rounded-control border bg-surface px-1.5 text-meta text-ink placeholder:text-ink-3 focus:border-accent focus:outline-1 focus:-outline-offset-1 focus:outline-accent",
          isNumber ? "tabular w-20" : "w-44",
          isWrong ? "border-danger" : "border-line-strong",
        )}
      />
      {isWrong && (
        <span id={errorId} role="alert" className="text-label text-danger">
          {words.outside(config.lower, config.upper)}
        </span>
      )}
    </>
  );
}

function toChange(
  config: Exclude<Config, { type: "CATEGORICAL" }>,
  text: string,
  own: Annotation | null,
): Change | null {
  if (config.type === "FREEFORM") {
    return { name: config.name, label: null, score: own?.score ?? null, explanation: text.trim() };
  }
  const score = scoreIn(text, config.lower, config.upper);
  return score === null
    ? null
    : { name: config.name, label: own?.label ?? null, score, explanation: own?.explanation ?? null };
}
