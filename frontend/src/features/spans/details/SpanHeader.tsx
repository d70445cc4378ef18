import type { ReactNode } from "react";
import { formatExact } from "../../../lib/format";
import { facts, figures } from "../../../text/figures";
import { spanText } from "../../../text/span";
import { CopyButton } from "../../../ui/CopyButton";
import { Cost, Count, Duration, Missing, When } from "../../../ui/Figures";
import { KindToken } from "../../../ui/Kind";
import { StatusBadge } from "../../../ui/Status";
import { Explained } from "../../../ui/Tooltip";
import type { Annotation } from "../../annotations/model/annotation";
import { ProjectSummaryTokens } from "../../annotations/ProjectSummaryTokens";
import { whyNoModel, whyNoTokens } from "../model/absence";
import { at, number, parseAttributes } from "../model/read";
import { CopyAsMenu } from "./CopyAsMenu";
import { CostBreakdown } from "./CostBreakdown";
import type { SpanNode } from "./SpanDetails";

export function SpanHeader({ span, annotations }: { span: SpanNode; annotations: readonly Annotation[] }) {
  const usesModel = span.spanKind === "llm" || span.spanKind === "embedding";
  const attributes = parseAttributes(span.attributes);
  const cost = span.costSummary?.total.cost ?? null;
  return (
    <header className="flex shrink-0 flex-col gap-1 px-4 pt-2.5 pb-1.5">
      <div className="flex items-center gap-2">
        <KindToken kind={span.spanKind} />
        <h3 className="min-w-0 truncate text-section font-semibold" title={span.name}>
          {span.name}
        </h3>
        <StatusBadge code={span.statusCode} />
        {/* On this line, so that nothing moves when the first label is chosen. */}
        <ProjectSummaryTokens projectId={span.project.id} annotations={annotations} />
        <span className="ml-auto flex shrink-0">
          <CopyAsMenu span={span} />
          <CopyButton label={spanText.copyId} shortcut="y" text={span.spanId} />
        </span>
      </div>
      <dl className="flex flex-wrap gap-x-4 gap-y-0.5 text-meta">
        <Fact name={facts.latency}>
          <Duration ms={span.latencyMs} />
        </Fact>
        {typeof span.timeToFirstTokenMs === "number" && (
          <Fact name={facts.firstToken}>
            <Duration ms={span.timeToFirstTokenMs} />
          </Fact>
        )}
        {(span.spanKind === "llm" || typeof span.tokenCountTotal === "number") && (
          <Fact name={facts.tokens}>
            {span.tokenCountTotal === null || span.tokenCountTotal === undefined ? (
              <Explained content={whyNoTokens(span.spanKind, span.derivation)}>
                <Missing />
              </Explained>
            ) : (
              <Explained
                content={
                  <TokenBreakdown
                    span={span}
                    reasoning={number(at(attributes ?? {}, "llm.token_count.completion_details.reasoning"))}
                  />
                }
              >
                <Count value={span.tokenCountTotal} />
                <span className="text-ink-3"> {facts.inOut(span.tokenCountPrompt, span.tokenCountCompletion)}</span>
              </Explained>
            )}
          </Fact>
        )}
        {span.costSummary && (
          <Fact name={spanText.cost}>
            {cost === null ? (
              <Explained content={figures.noPrice(span.modelName ?? null)}>
                <Missing />
              </Explained>
            ) : (
              <Explained content={<CostBreakdown total={cost} entries={span.costDetailSummaryEntries} />}>
                <Cost usd={cost} />
              </Explained>
            )}
          </Fact>
        )}
        {(usesModel || span.modelName) && (
          <Fact name={facts.model}>
            {span.modelName ?? (
              <Explained content={whyNoModel(span.derivation)}>
                <Missing />
              </Explained>
            )}
          </Fact>
        )}
        <Fact name={facts.started}>
          <Explained content={formatExact(new Date(span.startTime))}>
            <When time={span.startTime} />
          </Explained>
        </Fact>
      </dl>
    </header>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className="flex gap-1.5">
      <dt className="text-ink-3">{name}</dt>
      <dd className="tabular">{children}</dd>
    </div>
  );
}

/** Prompt and completion as a bar, then each part that was reported. */
function TokenBreakdown({ span, reasoning }: { span: SpanNode; reasoning: number | null }) {
  const prompt = span.tokenCountPrompt ?? 0;
  const completion = span.tokenCountCompletion ?? 0;
  const details = span.tokenPromptDetails;
  const rows: [string, number | null | undefined, "main" | "part"][] = [
    [facts.prompt, span.tokenCountPrompt, "main"],
    [facts.cacheRead, details.cacheRead, "part"],
    [facts.cacheWrite, details.cacheWrite, "part"],
    [facts.audio, details.audio, "part"],
    [facts.completion, span.tokenCountCompletion, "main"],
    [facts.reasoning, reasoning, "part"],
  ];
  return (
    <div className="flex w-52 flex-col gap-1.5 p-1">
      <div className="flex h-1.5 gap-px overflow-hidden rounded-pill" data-kind="llm" aria-hidden>
        <span className="bg-kind-bar" style={{ flexGrow: prompt }} />
        <span className="bg-kind-bar opacity-50" style={{ flexGrow: completion }} />
      </div>
      <dl className="flex flex-col gap-0.5">
        {rows
          .filter(([, value, level]) => level === "main" || value)
          .map(([name, value, level]) => (
            <div key={name} className="flex justify-between">
              <dt className={level === "part" ? "pl-3 text-ink-3" : undefined}>{name}</dt>
              <dd>
                <Count value={value} exact />
              </dd>
            </div>
          ))}
      </dl>
    </div>
  );
}
