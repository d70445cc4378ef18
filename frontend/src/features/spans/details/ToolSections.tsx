import { llmText } from "../../../text/span";
import { JsonView } from "../../../ui/json/JsonView";
import { Disclosure, Section } from "../../../ui/Section";
import { at, opened, text, type Attributes } from "../model/read";
import { InputOutput } from "./InputOutput";
import type { SpanNode } from "./SpanDetails";

export function ToolSections({ span, attributes }: { span: SpanNode; attributes: Attributes }) {
  const name = text(at(attributes, "tool.name"));
  const description = text(at(attributes, "tool.description"));
  const parameters = opened(at(attributes, "tool.parameters") ?? at(attributes, "tool.json_schema"));
  return (
    <>
      <InputOutput span={span} />
      {(name || description || parameters !== null) && (
        <Section title={llmText.tool}>
          {name && <code className="text-code font-medium">{name}</code>}
          {description && <p className="text-body whitespace-pre-wrap text-ink-2">{description}</p>}
          {parameters !== null && (
            <Disclosure title={llmText.parameters} isInitiallyOpen={!span.input}>
              <JsonView value={parameters} />
            </Disclosure>
          )}
        </Section>
      )}
    </>
  );
}
