import { CircleAlert, ListFilter, LoaderCircle, TriangleAlert, X } from "lucide-react";
import { useEffect, useEffectEvent, useId, useLayoutEffect, useRef, useState, type KeyboardEvent } from "react";
import { cx } from "../../lib/cx";
import { useShortcuts } from "../../lib/shortcuts";
import { notify } from "../../lib/toasts";
import { common } from "../../text/common";
import { filterText } from "../../text/filter";
import { Button, IconButton } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";
import { Completions } from "./Completions";
import { useFilterHistory } from "./history";
import { HighlightedInput } from "./HighlightedInput";
import { accept, complete, type Completion } from "./model/complete";
import { suspect, type Doubt } from "./model/mistake";
import type { Grain } from "./model/vocabulary";
import { useFilterCheck, type Verdict } from "./useFilterCheck";
import { useVocabulary } from "./useVocabulary";

/** A condition that stood this long was meant. */
const KEPT_MS = 3000;

/** How many changes of the address may be under way. */
const MOST_WRITES = 8;

/** The condition of a table. Only what the server understands is applied; what is typed stays whatever happens. */
export function FilterField({
  project,
  grain,
  timeRange,
  applied,
  onApply,
}: {
  project: string;
  grain: Grain;
  timeRange: { start?: string; end?: string };
  applied: string;
  onApply: (condition: string) => void;
}) {
  const [text, setText] = useState(applied);
  const [seen, setSeen] = useState(applied);
  const [written, setWritten] = useState<readonly string[]>([]);
  const [caret, setCaret] = useState<number | null>(null);
  const [isOpen, setOpen] = useState(false);
  const [picked, setPicked] = useState<number | null>(null);
  const [terms, loadTerms] = useVocabulary(project, grain, timeRange);
  const [recent, keep] = useFilterHistory(project, grain);
  const input = useRef<HTMLInputElement>(null);
  const wanted = useRef<number | null>(null);
  const list = useId();

  // The address follows a little later. What comes back from here is old news; anything else came by other means: a
  // link, Back, a value chosen in the table.
  if (applied !== seen) {
    setSeen(applied);
    if (written.includes(applied)) setWritten(written.slice(written.indexOf(applied) + 1));
    else setText(applied);
  }
  // What the address will have once it has followed.
  const latest = written.at(-1) ?? applied;
  const apply = (condition: string) => {
    setWritten((earlier) =>
      (earlier.at(-1) ?? applied) === condition ? earlier : [...earlier, condition].slice(-MOST_WRITES),
    );
    onApply(condition);
  };
  const { verdict, checkNow } = useFilterCheck(project, grain, text, latest, apply);

  const remember = useEffectEvent(() => keep(applied));
  useEffect(() => {
    if (applied === "") return;
    const timer = setTimeout(remember, KEPT_MS);
    return () => clearTimeout(timer);
  }, [applied]);
  useLayoutEffect(() => {
    if (wanted.current === null) return;
    input.current?.setSelectionRange(wanted.current, wanted.current);
    wanted.current = null;
  });
  useShortcuts([{ keys: "/", label: filterText.focus, group: filterText.group, run: () => input.current?.focus() }]);

  const completions =
    isOpen && caret !== null
      ? complete(text, caret, {
          terms,
          snippets: filterText.snippets[grain],
          recent: recent.filter((condition) => condition !== applied),
        })
      : [];
  // What is typed is completed with Enter; where nothing is typed Enter applies, until one has moved into the list.
  const first = completions[0];
  const isBegun = first !== undefined && text.slice(first.from, first.to).trim() !== "";
  const isExact = first !== undefined && text.slice(first.from, first.to) === first.insert.trim();
  const active = picked !== null ? Math.min(picked, completions.length - 1) : isBegun && !isExact ? 0 : -1;

  const change = (next: string, at: number) => {
    setText(next);
    setCaret(at);
    setPicked(null);
    // Also where nothing is applied yet: a condition may be on its way into the address.
    if (next.trim() === "" && (text.trim() !== "" || applied !== "")) apply("");
  };
  const choose = (completion: Completion) => {
    const result = accept(text, completion);
    wanted.current = result.caret;
    change(result.text, result.caret);
    setOpen(true);
    input.current?.focus();
  };
  const clear = () => {
    const before = text;
    change("", 0);
    input.current?.focus();
    setOpen(true);
    notify({
      tone: "info",
      title: filterText.cleared,
      message: before,
      action: { label: common.undo, run: () => setText(before) },
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = event.key === "ArrowDown" ? 1 : event.key === "ArrowUp" ? -1 : 0;
    if (step !== 0) {
      setOpen(true);
      if (completions.length > 0) {
        setPicked((active + step + completions.length + (active < 0 && step < 0 ? 1 : 0)) % completions.length);
      }
    } else if (event.key === "Enter") {
      const choice = completions[active];
      if (choice) choose(choice);
      else {
        setOpen(false);
        checkNow();
      }
    } else if (event.key === "Tab" && !event.shiftKey && completions[active]) choose(completions[active]);
    else if (event.key === "Escape" && completions.length > 0) setOpen(false);
    else if (event.key === "Escape") input.current?.blur();
    else return;
    event.preventDefault();
    event.stopPropagation();
  };

  const doubt = verdict?.state === "valid" ? suspect(text, terms) : null;
  const isWaiting = text.trim() !== applied && text.trim() !== "" && verdict === null;
  const mistake = verdict?.state === "wrong" ? verdict.mistake : null;
  const hasPanel =
    completions.length > 0 || verdict?.state === "wrong" || verdict?.state === "unchecked" || doubt !== null;
  return (
    <div
      className="relative flex min-w-0 grow items-center"
      onBlur={(event) => {
        if (event.currentTarget.contains(event.relatedTarget)) return;
        setCaret(null);
        setOpen(false);
      }}
    >
      <div
        className={cx(
          "flex h-7 min-w-0 grow items-center gap-2 rounded-control border bg-surface pr-0.5 pl-2 focus-within:outline-1 focus-within:-outline-offset-1",
          mistake
            ? "border-danger focus-within:outline-danger"
            : "border-line-strong focus-within:border-accent focus-within:outline-accent hover:border-control",
        )}
      >
        <ListFilter size={14} className={cx("shrink-0", applied ? "text-accent" : "text-ink-3")} aria-hidden />
        <HighlightedInput
          inputRef={input}
          value={text}
          caret={caret}
          mark={mistake?.range ?? null}
          role="combobox"
          aria-label={filterText.label[grain]}
          aria-autocomplete="list"
          aria-expanded={completions.length > 0}
          aria-controls={completions.length > 0 ? list : undefined}
          aria-activedescendant={active >= 0 ? `${list}-${active}` : undefined}
          aria-invalid={mistake !== null}
          aria-describedby={verdict ? `${list}-verdict` : undefined}
          placeholder={filterText.placeholder[grain]}
          autoComplete="off"
          autoCapitalize="off"
          spellCheck={false}
          onChange={(event) => {
            change(event.target.value, event.target.selectionStart ?? event.target.value.length);
            setOpen(true);
          }}
          onSelect={(event) => setCaret(event.currentTarget.selectionStart)}
          onClick={() => setOpen(true)}
          onFocus={(event) => {
            loadTerms();
            setCaret(event.currentTarget.selectionStart);
            if (text === "") setOpen(true);
          }}
          onKeyDown={onKeyDown}
        />
        {isWaiting && <LoaderCircle size={13} className="shrink-0 animate-spin text-ink-3" aria-hidden />}
        {verdict && <Mark verdict={verdict} isShort={caret !== null} />}
        {text === "" ? (
          <span className="pr-1.5">{caret === null && <Kbd keys="/" />}</span>
        ) : (
          <IconButton label={filterText.clear} size="small" icon={<X size={13} />} onPress={clear} />
        )}
      </div>
      {hasPanel && (caret !== null || verdict?.state === "unchecked") && (
        <div className="absolute top-8 right-0 left-0 z-40 max-w-180 rounded-surface bg-raised shadow-overlay">
          {completions.length > 0 && (
            <Completions id={list} completions={completions} active={active} onChoose={choose} />
          )}
          {verdict && (
            <VerdictNote
              verdict={verdict}
              doubt={doubt}
              isUnder={completions.length > 0}
              onRetry={checkNow}
              onMend={(mended) => {
                change(mended, mended.length);
                input.current?.focus();
              }}
            />
          )}
        </div>
      )}
      <span id={`${list}-verdict`} role="status" className="sr-only">
        {verdict && said(verdict)}
      </span>
    </div>
  );
}

function said(verdict: Verdict): string {
  if (verdict.state === "wrong") return `${filterText.invalid}. ${verdict.mistake.message}`;
  if (verdict.state === "unchecked") return `${filterText.unchecked} ${verdict.reason}`;
  return verdict.warnings.length > 0 ? `${filterText.warning}: ${verdict.warnings.join(" ")}` : "";
}

/** What the panel below tells while one is in the field is only marked here. */
function Mark({ verdict, isShort }: { verdict: Verdict; isShort: boolean }) {
  const why = said(verdict);
  if (why === "") return null;
  const isWrong = verdict.state === "wrong";
  const Icon = isWrong ? CircleAlert : TriangleAlert;
  return (
    <span
      title={why}
      className={cx("flex max-w-[40%] shrink-0 items-center gap-1 text-meta", isWrong ? "text-danger" : "text-warning")}
    >
      <Icon size={13} className="shrink-0" aria-hidden />
      <span aria-hidden className={cx("truncate max-stack:hidden", isShort && "hidden")}>
        {isWrong ? verdict.mistake.message : verdict.state === "unchecked" ? filterText.unchecked : filterText.warning}
      </span>
    </span>
  );
}

/** Where and why, and one press to mend it. */
function VerdictNote({
  verdict,
  doubt,
  isUnder,
  onRetry,
  onMend,
}: {
  verdict: Verdict;
  doubt: Doubt | null;
  isUnder: boolean;
  onRetry: () => void;
  onMend: (text: string) => void;
}) {
  if (verdict.state === "valid" && doubt === null) return null;
  const { remedy, range } = verdict.state === "wrong" ? verdict.mistake : { remedy: doubt?.remedy, range: null };
  return (
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions -- only keeps the focus where it is
    <div
      className={cx("flex items-center gap-2 px-3 py-2 text-meta", isUnder && "border-t border-line")}
      onMouseDown={(event) => event.preventDefault()}
    >
      <p className="min-w-0 grow break-words">
        {range && <span className="mr-1.5 font-medium text-danger">{filterText.character(range.start + 1)}</span>}
        {doubt ? filterText.unknownName(doubt.name) : null}
        {verdict.state === "wrong" && verdict.mistake.message}
        {verdict.state === "unchecked" && `${filterText.unchecked} ${verdict.reason}`}
      </p>
      {remedy && <Button onPress={() => onMend(remedy.text)}>{filterText.use(remedy.name)}</Button>}
      {verdict.state === "unchecked" && <Button onPress={onRetry}>{common.retry}</Button>}
    </div>
  );
}
