import { documentsText as words, spanText } from "../../../text/span";
import { CopyButton } from "../../../ui/CopyButton";
import { Disclosure, Section } from "../../../ui/Section";
import { readReranking } from "../model/documents";
import type { Attributes } from "../model/read";
import { DocumentList } from "./DocumentList";
import { InputOutput, InputSection, ValueSection } from "./InputOutput";
import type { SpanNode } from "./SpanDetails";

/** The new order, with how each document moved; the old one folded below the query. */
export function RerankerSections({ span, attributes }: { span: SpanNode; attributes: Attributes }) {
  const { query, model, topK, input, output } = readReranking(attributes);
  if (input.length === 0 && output.length === 0) return <InputOutput span={span} />;
  const settings = [model, topK === null ? null : words.top(topK)].filter(Boolean).join(", ");
  return (
    <>
      {query ? <ValueSection title={words.query} value={query} /> : <InputSection span={span} />}
      {input.length > 0 && (
        <Section title={spanText.input} note={words.count(input.length)}>
          <Disclosure
            title={words.before}
            note={input
              .map((document) => document.id ?? document.content)
              .join(", ")
              .slice(0, 160)}
          >
            <DocumentList documents={input} />
          </Disclosure>
        </Section>
      )}
      <Section
        title={spanText.output}
        note={[words.count(output.length), settings].filter(Boolean).join(", ")}
        actions={<CopyButton label={words.copyAll} text={() => JSON.stringify(output, null, 2)} />}
      >
        <DocumentList documents={output} before={input} span={span} />
      </Section>
    </>
  );
}
