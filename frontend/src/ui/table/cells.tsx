import { Missing } from "../Figures";

/** One line that fades, or three that clip, as the person chose for all rows. */
export function TextCell({ text }: { text: string | null | undefined }) {
  if (!text) return <Missing />;
  return (
    <span
      title={text}
      className="fade-end w-full text-ink-2 group-data-[expanded=true]/rows:line-clamp-3 group-data-[expanded=true]/rows:break-words group-data-[expanded=true]/rows:whitespace-normal group-data-[expanded=true]/rows:[mask-image:none]"
    >
      {text}
    </span>
  );
}

export function IdCell({ id }: { id: string }) {
  return (
    <code className="truncate text-label text-ink-2" title={id}>
      {id}
    </code>
  );
}
