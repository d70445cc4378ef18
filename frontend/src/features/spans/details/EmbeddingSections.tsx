import { spanText } from "../../../text/span";
import { Section } from "../../../ui/Section";
import { TextView } from "../../../ui/text/ValueView";
import { readEmbeddings } from "../model/documents";
import { REDACTED, type Attributes } from "../model/read";
import { InputOutput } from "./InputOutput";
import { Redacted } from "./Redacted";
import type { SpanNode } from "./SpanDetails";

export function EmbeddingSections({ span, attributes }: { span: SpanNode; attributes: Attributes }) {
  const embeddings = readEmbeddings(attributes);
  if (embeddings.length === 0) return <InputOutput span={span} />;
  return (
    <Section title={spanText.embedded} note={spanText.texts(embeddings.length)}>
      <ol className="flex flex-col gap-2">
        {embeddings.map(({ text, dimensions }, index) => (
          <li key={index} className="flex gap-3 rounded-surface border border-line px-3 py-2">
            <span className="tabular w-4 shrink-0 text-right text-meta leading-5 font-medium text-ink-3">
              {index + 1}
            </span>
            <div className="min-w-0 grow">
              {text === REDACTED ? (
                <Redacted />
              ) : text ? (
                <TextView text={text} />
              ) : (
                <p className="text-meta text-ink-3">{spanText.noText}</p>
              )}
            </div>
            {dimensions !== null && (
              <span className="tabular shrink-0 text-meta leading-5 text-ink-3">{spanText.dimensions(dimensions)}</span>
            )}
          </li>
        ))}
      </ol>
    </Section>
  );
}
