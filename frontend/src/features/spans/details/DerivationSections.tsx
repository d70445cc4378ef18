import { CircleHelp } from "lucide-react";
import { Link } from "react-router";
import { derivationText as words } from "../../../text/derivation";
import { Badge } from "../../../ui/Badge";
import { CopyButton } from "../../../ui/CopyButton";
import { Disclosure, Section } from "../../../ui/Section";
import { whyMissing } from "../model/derivation";
import type { SpanNode } from "./SpanDetails";

/** What one looks for here and does not find: why, and what to change at the sender. */
export function BlankSection({ span }: { span: SpanNode }) {
  const { missing } = span.derivation;
  if (missing.length === 0) return null;
  return (
    <section aria-label={words.blankTitle} className="flex flex-col gap-1.5 border-b border-line bg-sunken px-4 py-2.5">
      <h4 className="flex items-center gap-1.5 text-meta font-semibold">
        <CircleHelp size={14} className="text-info" aria-hidden />
        {words.blankTitle}
      </h4>
      <ul className="flex flex-col gap-1 pl-5 text-meta">
        {missing.map((field) => (
          <li key={`${field.path} ${field.source ?? ""}`} className="flex items-start gap-2">
            <span className="w-28 shrink-0 font-medium" title={field.path}>
              {words.name(field.path)}
            </span>
            <span className="min-w-0 grow break-words text-ink-2">{whyMissing(field)}</span>
            {field.advice && (
              <span className="-my-1">
                <CopyButton label={words.copyAdvice} text={field.advice} />
              </span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

/** Which conventions were recognised, and what was taken from where. */
export function OriginSection({ span }: { span: SpanNode }) {
  const { dialects, fields, masked, repetition } = span.derivation;
  if (dialects.length === 0 && fields.length === 0 && masked.length === 0 && !repetition) return null;
  const titles = new Map(dialects.map(({ id, title }) => [id, title]));
  return (
    <Section title={words.title}>
      <p className="flex flex-wrap items-center gap-1.5 text-meta text-ink-3">
        {words.recognised}
        {dialects.length === 0 && <span className="text-ink-2">{words.plain}</span>}
        {dialects.map(({ id, title }) => (
          <Badge key={id}>{title}</Badge>
        ))}
      </p>
      {repetition && (
        <p className="text-meta text-ink-2">
          {words.repetition[repetition.scope]}{" "}
          <Link
            to={`/redirects/spans/${encodeURIComponent(repetition.spanId)}`}
            className="text-accent hover:underline"
          >
            {words.showCounting}
          </Link>
        </p>
      )}
      {masked.length > 0 && (
        <Disclosure title={words.masked(masked.length)}>
          <ul className="flex flex-col gap-0.5">
            {masked.map((path) => (
              <li key={path}>
                <code className="text-label break-all">{path}</code>
              </li>
            ))}
          </ul>
        </Disclosure>
      )}
      {fields.length > 0 && (
        <Disclosure title={words.derived(fields.length)} note={fields.map(({ path }) => path).join(", ")}>
          <dl className="grid grid-cols-[minmax(0,1fr)_minmax(0,1fr)_auto] gap-x-3 gap-y-0.5 text-label">
            {fields.map(({ path, source, dialect }) => (
              <div key={path} className="col-span-3 grid grid-cols-subgrid">
                <dt>
                  <code className="break-all">{path}</code>
                </dt>
                <dd className="text-ink-3">
                  {words.from} <code className="break-all text-ink-2">{source}</code>
                </dd>
                <dd className="max-w-40 truncate text-ink-3" title={titles.get(dialect) ?? dialect}>
                  {titles.get(dialect) ?? dialect}
                </dd>
              </div>
            ))}
          </dl>
        </Disclosure>
      )}
    </Section>
  );
}
