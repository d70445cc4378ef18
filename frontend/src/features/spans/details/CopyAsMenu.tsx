import { Braces, Code, SquareTerminal } from "lucide-react";
import { collectorEndpoint, config } from "../../../lib/config";
import { copyText } from "../../../lib/copyText";
import { parseJson } from "../../../lib/json";
import { notify } from "../../../lib/toasts";
import { spanText as words } from "../../../text/span";
import { IconButton } from "../../../ui/Button";
import { Menu, MenuItem } from "../../../ui/Menu";
import { readConversation } from "../model/conversation";
import { callSnippet, readingSnippet, type Format } from "../model/copyAs";
import { parseAttributes } from "../model/read";
import type { SpanNode } from "./SpanDetails";

const PROGRAMS: { format: Format; title: string }[] = [
  { format: "curl", title: words.formats.curl },
  { format: "python", title: words.formats.python },
  { format: "java", title: words.formats.java },
];

/** The span as data or as a program that reads it; a model call as the request that makes it again. */
export function CopyAsMenu({ span }: { span: SpanNode }) {
  const where = {
    endpoint: collectorEndpoint(),
    project: span.project.name,
    spanId: span.spanId,
    hasKeys: config.authenticationEnabled,
  };
  const conversation = span.spanKind === "llm" ? readConversation(parseAttributes(span.attributes) ?? {}) : null;
  return (
    <Menu label={words.copyAs} trigger={<IconButton label={words.copyAs} size="small" icon={<Code size={14} />} />}>
      <MenuItem
        icon={<Braces size={14} />}
        onAction={() => copy(words.formats.json, JSON.stringify(toJson(span), null, 2))}
      >
        {words.formats.json}
      </MenuItem>
      {PROGRAMS.map(({ format, title }) => (
        <MenuItem
          key={format}
          icon={format === "curl" ? <SquareTerminal size={14} /> : <Code size={14} />}
          onAction={() => copy(title, readingSnippet(format, where))}
        >
          {title}
        </MenuItem>
      ))}
      {conversation && conversation.input.length > 0 && (
        <MenuItem
          icon={<SquareTerminal size={14} />}
          onAction={() => copy(words.copyCall, callSnippet(span.modelName ?? "", conversation))}
        >
          {words.copyCall}
        </MenuItem>
      )}
    </Menu>
  );
}

function copy(what: string, text: string): void {
  void copyText(text).then(() => notify({ tone: "success", title: words.copied(what) }));
}

/** What the sender said, by the names people know; no ids of this server but those of the span. */
function toJson(span: SpanNode) {
  return {
    name: span.name,
    span_kind: span.spanKind.toUpperCase(),
    context: { trace_id: span.trace.traceId, span_id: span.spanId },
    parent_id: span.parentId ?? null,
    start_time: span.startTime,
    latency_ms: span.latencyMs ?? null,
    status_code: span.statusCode,
    status_message: span.statusMessage,
    attributes: parseJson(span.attributes) ?? span.attributes,
    events: span.events,
    links: span.links,
  };
}
