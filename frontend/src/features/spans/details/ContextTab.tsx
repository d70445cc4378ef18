import type { ReactNode } from "react";
import { Link } from "react-router";
import { opened, parseAttributes, at, list, text } from "../model/read";
import { contextText as words } from "../../../text/span";
import { Badge } from "../../../ui/Badge";
import { CopyButton } from "../../../ui/CopyButton";
import { Missing } from "../../../ui/Figures";
import { RecordView } from "../../../ui/json/RecordView";
import { JsonView } from "../../../ui/json/JsonView";
import { Section } from "../../../ui/Section";
import { isRecord } from "../../../lib/storage";
import type { Json } from "../../../lib/json";
import type { SpanNode } from "./SpanDetails";

/** Who and what the span belongs to: ids, session and user, links to other traces, the sender. */
export function ContextTab({ span }: { span: SpanNode }) {
  const attributes = parseAttributes(span.attributes) ?? {};
  const resource = opened(span.resourceAttributes ?? undefined);
  const tags = opened(at(attributes, "tag.tags"));
  const tagList = list(tags ?? undefined).filter((tag) => typeof tag === "string");
  const session = text(at(attributes, "session.id")) ?? span.trace.session?.sessionId ?? null;
  return (
    <>
      <Section title={words.identity}>
        <dl className="grid grid-cols-[88px_minmax(0,1fr)] items-center gap-y-1 text-meta">
          <Id name={words.ids.span} value={span.spanId} />
          <Id name={words.ids.parent} value={span.parentId ?? null} />
          <Id name={words.ids.trace} value={span.trace.traceId} />
          <Id name={words.ids.node} value={span.id} />
          {session && <Id name={words.ids.session} value={session} />}
          {span.userId && <Id name={words.ids.user} value={span.userId} />}
        </dl>
        {tagList.length > 0 && (
          <div className="flex flex-wrap gap-1">
            {tagList.map((tag) => (
              <Badge key={String(tag)}>{String(tag)}</Badge>
            ))}
          </div>
        )}
      </Section>
      {span.links.length > 0 && (
        <Section title={words.links} note={words.linksNote}>
          <ul className="flex flex-col gap-2">
            {span.links.map((link, index) => (
              <li key={index} className="rounded-surface border border-line px-3 py-2">
                <Link
                  to={`/redirects/spans/${encodeURIComponent(link.spanId)}`}
                  className="text-accent hover:underline"
                >
                  <code className="text-code">{link.spanId}</code>
                </Link>
                <span className="text-meta text-ink-3">
                  {" "}
                  {words.inTrace} <code className="text-code">{link.traceId}</code>
                </span>
                {isRecord(link.attributes) && Object.keys(link.attributes).length > 0 && (
                  <JsonView value={link.attributes as { [key: string]: Json }} />
                )}
              </li>
            ))}
          </ul>
        </Section>
      )}
      {span.scope?.name && (
        <Section title={words.instrumentation}>
          <p className="text-meta">
            <code className="text-code">{span.scope.name}</code>{" "}
            <span className="text-ink-3">{span.scope.version}</span>
          </p>
        </Section>
      )}
      {resource !== null && (
        <Section
          title={words.resource}
          note={words.resourceNote}
          actions={<CopyButton label={words.copyResource} text={span.resourceAttributes ?? ""} />}
        >
          <RecordView value={resource} />
        </Section>
      )}
    </>
  );
}

function Id({ name, value }: { name: string; value: string | null }): ReactNode {
  return (
    <>
      <dt className="text-ink-3">{name}</dt>
      <dd className="flex h-6 min-w-0 items-center gap-1">
        {value ? (
          <>
            <code className="truncate text-code" title={value}>
              {value}
            </code>
            <CopyButton label={words.copyId(name)} text={value} />
          </>
        ) : (
          <Missing />
        )}
      </dd>
    </>
  );
}
