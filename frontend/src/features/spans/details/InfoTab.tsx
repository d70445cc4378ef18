import { common } from "../../../text/common";
import { ErrorBoundary } from "../../../ui/ErrorBoundary";
import { EmptyNote } from "../../../ui/EmptyState";
import { RecordView } from "../../../ui/json/RecordView";
import { Section } from "../../../ui/Section";
import { CopyButton } from "../../../ui/CopyButton";
import type { Json } from "../../../lib/json";
import { spanText } from "../../../text/span";
import { readAudio } from "../model/conversation";
import { at, opened, parseAttributes, record, type Attributes } from "../model/read";
import { BlankSection, OriginSection } from "./DerivationSections";
import { EmbeddingSections } from "./EmbeddingSections";
import { ErrorSection } from "./ErrorSection";
import { InputOutput } from "./InputOutput";
import { LlmSections } from "./LlmSections";
import { MessageAudio } from "./MessageAudio";
import { RerankerSections } from "./RerankerSections";
import { RetrieverSections } from "./RetrieverSections";
import type { SpanNode } from "./SpanDetails";
import { ToolSections } from "./ToolSections";

/** What a person wants first: the failure, then what went in and came out in the form the kind of span has. */
export function InfoTab({ span }: { span: SpanNode }) {
  const attributes = parseAttributes(span.attributes) ?? {};
  const metadata = opened(span.metadata ?? undefined);
  const isEmpty = !span.input && !span.output && span.statusCode !== "ERROR" && span.events.length === 0;
  return (
    <>
      <ErrorSection span={span} />
      <BlankSection span={span} />
      <AudioSection title={spanText.inputAudio} value={at(attributes, "input.audio")} />
      <AudioSection title={spanText.outputAudio} value={at(attributes, "output.audio")} />
      {/* A shape nobody expected breaks its own view only: the plain one stands in for it. */}
      <ErrorBoundary resetKey={span.id} fallback={() => <InputOutput span={span} />}>
        <KindSections span={span} attributes={attributes} />
      </ErrorBoundary>
      {metadata !== null && (
        <Section
          title={spanText.metadata}
          actions={<CopyButton label={common.copyOf(spanText.metadata.toLowerCase())} text={span.metadata ?? ""} />}
        >
          <RecordView value={metadata} />
        </Section>
      )}
      <OriginSection span={span} />
      {isEmpty && Object.keys(attributes).length === 0 && <EmptyNote>{spanText.nothing}</EmptyNote>}
    </>
  );
}

function AudioSection({ title, value }: { title: string; value: Json | undefined }) {
  const audio = readAudio(record(value));
  if (!audio) return null;
  return (
    <Section title={title}>
      <MessageAudio url={audio.url} transcript={audio.transcript} />
    </Section>
  );
}

function KindSections({ span, attributes }: { span: SpanNode; attributes: Attributes }) {
  switch (span.spanKind) {
    case "llm":
      return <LlmSections span={span} attributes={attributes} />;
    case "retriever":
      return <RetrieverSections span={span} attributes={attributes} />;
    case "reranker":
      return <RerankerSections span={span} attributes={attributes} />;
    case "embedding":
      return <EmbeddingSections span={span} attributes={attributes} />;
    case "tool":
      return <ToolSections span={span} attributes={attributes} />;
    default:
      return <InputOutput span={span} />;
  }
}
