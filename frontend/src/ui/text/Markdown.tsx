import { lazy, Suspense } from "react";
import { PlainText } from "./PlainText";

const Rendered = lazy(() => import("./RenderedMarkdown").then((module) => ({ default: module.RenderedMarkdown })));

/** Longer texts are data more often than prose, and parsing them would block the page. */
const LIMIT = 100_000;

/** Markdown without raw HTML; the plain text until the renderer is there. */
export function Markdown({ text }: { text: string }) {
  if (text.length > LIMIT || !looksFormatted(text)) return <PlainText text={text} />;
  return (
    <Suspense fallback={<PlainText text={text} />}>
      <Rendered text={text} />
    </Suspense>
  );
}

/** Most messages are plain sentences: they need no renderer. */
function looksFormatted(text: string): boolean {
  return /(^|\n)\s{0,3}(#{1,6} |[-*+] |\d+[.)] |>|```|\|)|\*\*|__|`|\[[^\]]*\]\(/.test(text);
}
