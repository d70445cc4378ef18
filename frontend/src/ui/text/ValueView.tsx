import { parseStructure } from "../../lib/json";
import { usePreference } from "../../lib/preferences";
import { common } from "../../text/common";
import { JsonView } from "../json/JsonView";
import { FoldedText } from "./FoldedText";
import { Markdown } from "./Markdown";
import { PlainText } from "./PlainText";

/** Above this, reading the structure would hold up the page; the text is shown as it is. */
const PARSE_LIMIT = 2_000_000;

/** A value by what it is: JSON folds, text is text or markdown as the person prefers. */
export function ValueView({ text }: { text: string }) {
  if (text === "") return <p className="text-meta text-ink-3">{common.empty}</p>;
  const structure = text.length <= PARSE_LIMIT ? parseStructure(text) : undefined;
  if (structure !== undefined) return <JsonView value={structure} />;
  return <TextView text={text} />;
}

export function TextView({ text }: { text: string }) {
  const [mode] = usePreference("textMode");
  return (
    <FoldedText text={text}>
      {(shown) => (mode === "markdown" ? <Markdown text={shown} /> : <PlainText text={shown} />)}
    </FoldedText>
  );
}
