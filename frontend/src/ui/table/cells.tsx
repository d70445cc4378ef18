import { Missing } from "../Figures";

/** The first letter decides, as with `dir="auto"`, which does not tell a style at which end to fade. */
const RIGHT_TO_LEFT = /^\P{L}*[\p{Script=Arabic}\p{Script=Hebrew}\p{Script=Syriac}\p{Script=Thaana}]/u;

/** One line that fades, or three that clip, as the person chose for all rows. */
export function TextCell({ text }: { text: string | null | undefined }) {
  if (!text) return <Missing />;
  return (
    <span
      dir={RIGHT_TO_LEFT.test(text) ? "rtl" : undefined}
      title={text}
      className="fade-end w-full text-ink-2 group-data-[expanded=true]/rows:line-clamp-3 group-data-[expanded=true]/rows:break-words group-data-[expanded=true]/rows:whitespace-normal group-data-[expanded=true]/rows:after:hidden"
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
