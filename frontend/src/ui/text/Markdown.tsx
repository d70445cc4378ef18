import { Suspense } from "react";
import { lazily } from "../../lib/code";
import { ErrorBoundary } from "../ErrorBoundary";
import { PlainText } from "./PlainText";

const Rendered = lazily(async () => (await import("./RenderedMarkdown")).RenderedMarkdown);

/** Longer texts are data more often than prose, and parsing them would block the page. */
const LIMIT = 100_000;

/** Markdown without raw HTML; the plain text until the renderer is there, and where it does not come. */
export function Markdown({ text }: { text: string }) {
  if (text.length > LIMIT || !looksFormatted(text)) return <PlainText text={text} />;
  const plain = <PlainText text={text} />;
  return (
    <ErrorBoundary fallback={() => plain}>
      <Suspense fallback={plain}>
        <Rendered text={text} />
      </Suspense>
    </ErrorBoundary>
  );
}

/** Most messages are plain sentences: they need no renderer. */
function looksFormatted(text: string): boolean {
  return /(^|\n)\s{0,3}(#{1,6} |[-*+] |\d+[.)] |>|```|\|)|\*\*|__|`|\[[^\]]*\]\(/.test(text);
}
