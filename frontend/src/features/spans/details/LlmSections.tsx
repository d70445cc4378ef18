import { useState } from "react";
import { sizeNote } from "../../../lib/format";
import { llmText as words, spanText } from "../../../text/span";
import { common } from "../../../text/common";
import { CopyButton } from "../../../ui/CopyButton";
import { JsonView } from "../../../ui/json/JsonView";
import { Disclosure, Section } from "../../../ui/Section";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { ValueView, TextView } from "../../../ui/text/ValueView";
import { argumentPreview, readConversation, resultsByCall, type Conversation } from "../model/conversation";
import type { Attributes } from "../model/read";
import { InputOutput } from "./InputOutput";
import { MessageList } from "./MessageList";
import type { SpanNode } from "./SpanDetails";
import { ToolSchemas } from "./ToolSchemas";

type InputView = "messages" | "prompts" | "tools" | "raw";

/** The conversation as a chat; what was offered and set beside it; the raw values one press away. */
export function LlmSections({ span, attributes }: { span: SpanNode; attributes: Attributes }) {
  const conversation = readConversation(attributes);
  const hasMessages = conversation.input.length > 0 || conversation.output.length > 0;
  if (!hasMessages && conversation.prompts.length === 0) {
    return (
      <>
        {(span.input || span.output) && span.derivation.missing.length === 0 && (
          <p className="border-b border-line bg-sunken px-4 py-2 text-meta text-ink-3">{spanText.noMessages}</p>
        )}
        <InputOutput span={span} />
        <RequestSection conversation={conversation} withTools />
      </>
    );
  }
  return (
    <>
      <InputConversation span={span} conversation={conversation} />
      <OutputConversation span={span} conversation={conversation} />
      <RequestSection conversation={conversation} withTools={false} />
    </>
  );
}

/** What was set for the call: it explains the conversation, so it comes after it. */
function RequestSection({ conversation, withTools }: { conversation: Conversation; withTools: boolean }) {
  const { template, parameters, tools } = conversation;
  const showsTools = withTools && tools.length > 0;
  if (!template && parameters === null && !showsTools) return null;
  return (
    <Section title={words.request}>
      {parameters !== null && (
        <Disclosure title={words.parameters} note={argumentPreview(parameters).slice(0, 160)}>
          <JsonView value={parameters} />
        </Disclosure>
      )}
      {template && (
        <Disclosure title={words.template(template.version)} note={template.text.replace(/\s+/g, " ").slice(0, 160)}>
          <div className="flex flex-col gap-3">
            <TextView text={template.text} />
            {template.variables !== null && <JsonView value={template.variables} />}
          </div>
        </Disclosure>
      )}
      {showsTools && <ToolSchemas tools={tools} />}
    </Section>
  );
}

function InputConversation({ span, conversation }: { span: SpanNode; conversation: Conversation }) {
  const [chosen, setView] = useState<InputView | null>(null);
  const views: { value: InputView; label: string }[] = [
    ...(conversation.input.length > 0 ? [{ value: "messages" as const, label: words.messages }] : []),
    ...(conversation.prompts.length > 0 ? [{ value: "prompts" as const, label: words.prompts }] : []),
    ...(conversation.tools.length > 0
      ? [{ value: "tools" as const, label: words.tools(conversation.tools.length) }]
      : []),
    ...(span.input ? [{ value: "raw" as const, label: words.raw }] : []),
  ];
  const view = views.find(({ value }) => value === chosen)?.value ?? views[0]?.value;
  if (!view) return null;
  const copied: Record<InputView, () => string> = {
    messages: () => JSON.stringify(conversation.input, null, 2),
    prompts: () => conversation.prompts.join("\n\n"),
    tools: () =>
      JSON.stringify(
        conversation.tools.map((tool) => tool.schema),
        null,
        2,
      ),
    raw: () => span.input?.value ?? "",
  };
  return (
    <Section
      title={spanText.input}
      note={view === "messages" ? words.messageCount(conversation.input.length) : undefined}
      actions={
        <>
          {views.length > 1 && (
            <SegmentedControl label={words.inputAs} options={views} value={view} onChange={setView} />
          )}
          <CopyButton label={words.copyView[view]} text={copied[view]} />
        </>
      }
    >
      {view === "messages" && <MessageList messages={conversation.input} openLast={conversation.output.length === 0} />}
      {view === "prompts" && conversation.prompts.map((prompt, index) => <TextView key={index} text={prompt} />)}
      {view === "tools" && <ToolSchemas tools={conversation.tools} />}
      {view === "raw" && span.input && <ValueView text={span.input.value} />}
    </Section>
  );
}

function OutputConversation({ span, conversation }: { span: SpanNode; conversation: Conversation }) {
  const hasMessages = conversation.output.length > 0;
  const [view, setView] = useState<"messages" | "raw">("messages");
  if (!hasMessages && !span.output) {
    return (
      <Section title={spanText.output}>
        <p className="text-meta text-ink-3">{span.statusCode === "ERROR" ? words.failed : words.noAnswer}</p>
      </Section>
    );
  }
  const isRaw = !hasMessages || (view === "raw" && span.output !== null);
  const raw = span.output?.value ?? "";
  return (
    <Section
      title={spanText.output}
      note={isRaw ? sizeNote(raw) : undefined}
      actions={
        <>
          {hasMessages && span.output && (
            <SegmentedControl
              label={words.outputAs}
              options={[
                { value: "messages", label: words.messages },
                { value: "raw", label: words.raw },
              ]}
              value={view}
              onChange={setView}
            />
          )}
          <CopyButton
            label={common.copyOf(spanText.output.toLowerCase())}
            text={() => (isRaw ? raw : JSON.stringify(conversation.output, null, 2))}
          />
        </>
      }
    >
      {isRaw ? (
        <ValueView text={raw} />
      ) : (
        <MessageList messages={conversation.output} openLast results={resultsByCall(conversation.input)} />
      )}
    </Section>
  );
}
