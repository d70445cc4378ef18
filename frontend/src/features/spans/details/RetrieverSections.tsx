import { documentsText as words } from "../../../text/span";
import { CopyButton } from "../../../ui/CopyButton";
import { Section } from "../../../ui/Section";
import { retrievedDocuments } from "../model/documents";
import type { Attributes } from "../model/read";
import { RetrievalScores } from "./DocumentAnnotations";
import { DocumentList } from "./DocumentList";
import { InputOutput, InputSection } from "./InputOutput";
import type { SpanNode } from "./SpanDetails";

export function RetrieverSections({ span, attributes }: { span: SpanNode; attributes: Attributes }) {
  const documents = retrievedDocuments(attributes);
  if (documents.length === 0) return <InputOutput span={span} />;
  return (
    <>
      <InputSection span={span} />
      <Section
        title={words.title}
        note={words.count(documents.length)}
        actions={
          <>
            <RetrievalScores span={span} />
            <CopyButton label={words.copyAll} text={() => JSON.stringify(documents, null, 2)} />
          </>
        }
      >
        <DocumentList documents={documents} span={span} />
      </Section>
    </>
  );
}
