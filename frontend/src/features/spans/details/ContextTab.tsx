import type { ReactNode } from "react";
import { Link } from "react-router";
import { opened, parseAttributes, at, list, text } from "../model/read";
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
      <Section title="Identity">
        <dl className="grid grid-cols-[88px_minmax(0,1fr)] items-center gap-y-1 text-meta">
          <Id name="Span" value={span.spanId} />
          <Id name="Parent" value={span.parentId ?? null} />
          <Id name="Trace" value={span.trace.traceId} />
          <Id name="Node" value={span.id} />
          {session && <Id name="Session" value={session} />}
          {span.userId && <Id name="User" value={span.userId} />}
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
        <Section title="Links" note="Spans this one refers to">
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
                  in trace <code className="text-code">{link.traceId}</code>
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
        <Section title="Instrumentation">
          <p className="text-meta">
            <code className="text-code">{span.scope.name}</code>{" "}
            <span className="text-ink-3">{span.scope.version}</span>
          </p>
        </Section>
      )}
      {resource !== null && (
        <Section
          title="Resource"
          note="The process that sent the span"
          actions={<CopyButton label="Copy resource" text={span.resourceAttributes ?? ""} />}
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
            <CopyButton label={`Copy ${name.toLowerCase()} id`} text={value} />
          </>
        ) : (
          <Missing />
        )}
      </dd>
    </>
  );
}
