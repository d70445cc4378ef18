import { useState, type KeyboardEvent, type Ref } from "react";
import { annotationsText as words } from "../../text/annotations";
import { Button } from "../../ui/Button";
import { Kbd } from "../../ui/Kbd";

const MOST_LINES = 6;

/** Enter stores, Shift+Enter begins a line. What could not be stored is still there. */
export function NoteComposer({
  onAdd,
  onLeave,
  fieldRef,
}: {
  onAdd: (text: string) => Promise<boolean>;
  /** Escape in an empty field. */
  onLeave?: () => void;
  fieldRef?: Ref<HTMLTextAreaElement>;
}) {
  const [text, setText] = useState("");
  const [isPending, setPending] = useState(false);
  const add = async () => {
    const note = text.trim();
    if (note === "" || isPending) return;
    setPending(true);
    if (await onAdd(note)) {
      setText("");
      onLeave?.();
    }
    setPending(false);
  };
  const onKeyDown = (event: KeyboardEvent<HTMLTextAreaElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Enter" && !event.shiftKey) {
      event.preventDefault();
      void add();
    }
    if (event.key !== "Escape") return;
    if (text === "" && onLeave) onLeave();
    else event.currentTarget.blur();
    event.stopPropagation();
  };
  return (
    <div className="flex items-end gap-2">
      <textarea
        ref={fieldRef}
        aria-label={words.noteField}
        placeholder={words.noteHint}
        rows={Math.min(MOST_LINES, text.split("\n").length)}
        value={text}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={onKeyDown}
        className="min-h-7 min-w-0 grow resize-none rounded-control border border-line-strong bg-surface px-2 py-1 text-meta leading-[18px] text-ink placeholder:text-ink-3 focus:border-accent focus:outline-1 focus:-outline-offset-1 focus:outline-accent"
      />
      <Button onPress={() => void add()} isDisabled={text.trim() === ""} isPending={isPending}>
        {words.addNote} <Kbd keys="enter" />
      </Button>
    </div>
  );
}
