import { sizeNote } from "../../../lib/format";
import { spanText } from "../../../text/span";
import { common } from "../../../text/common";
import { CopyButton } from "../../../ui/CopyButton";
import { Section } from "../../../ui/Section";
import { ValueView } from "../../../ui/text/ValueView";
import { REDACTED } from "../model/read";
import { Redacted } from "./Redacted";
import type { SpanNode } from "./SpanDetails";

/** Both sides by their type. */
export function InputOutput({ span }: { span: SpanNode }) {
  return (
    <>
      <InputSection span={span} />
      <OutputSection span={span} />
    </>
  );
}

export function InputSection({ span }: { span: SpanNode }) {
  if (!span.input) return null;
  return <ValueSection title={spanText.input} value={span.input.value} />;
}

export function OutputSection({ span }: { span: SpanNode }) {
  if (!span.output) return null;
  return <ValueSection title={spanText.output} value={span.output.value} />;
}

export function ValueSection({ title, value }: { title: string; value: string }) {
  return (
    <Section
      title={title}
      note={sizeNote(value)}
      actions={<CopyButton label={common.copyOf(title.toLowerCase())} text={value} />}
    >
      {value === REDACTED ? <Redacted /> : <ValueView text={value} />}
    </Section>
  );
}
