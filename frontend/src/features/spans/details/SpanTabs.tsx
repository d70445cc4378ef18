import { AlignLeft, Pilcrow } from "lucide-react";
import { Suspense } from "react";
import { useSearchParams } from "react-router";
import { usePreference } from "../../../lib/preferences";
import { useMedia } from "../../../lib/useMedia";
import { cx } from "../../../lib/cx";
import { spanText } from "../../../text/span";
import { ErrorBoundary } from "../../../ui/ErrorBoundary";
import { SegmentedControl } from "../../../ui/SegmentedControl";
import { Tabs } from "../../../ui/Tabs";
import { annotationsText } from "../../../text/annotations";
import { AnnotationsTab } from "../../annotations/AnnotationsTab";
import type { Annotate } from "../../annotations/useAnnotate";
import { AttributesTab } from "./AttributesTab";
import { ContextTab } from "./ContextTab";
import { EventsTab } from "./EventsTab";
import { InfoTab } from "./InfoTab";
import type { SpanNode } from "./SpanDetails";

const TABS = ["info", "annotations", "attributes", "events", "context"] as const;
const PARAM = "spanTab";

/** The chosen tab survives moving from span to span. */
export function SpanTabs({ span, annotate }: { span: SpanNode; annotate: Annotate }) {
  const [params, setParams] = useSearchParams();
  const tab = TABS.find((id) => id === params.get(PARAM)) ?? TABS[0];
  const setTab = (id: string) =>
    setParams(
      (current) => {
        const next = new URLSearchParams(current);
        if (id === TABS[0]) next.delete(PARAM);
        else next.set(PARAM, id);
        return next;
      },
      { replace: true, preventScrollReset: true },
    );
  const [mode, setMode] = usePreference("textMode");
  const isPhone = useMedia("(max-width: 599px)");
  const hasException = span.events.some((event) => event.name === "exception");
  const panel = (content: React.ReactNode) => <ErrorBoundary resetKey={span.id}>{content}</ErrorBoundary>;
  return (
    <Tabs
      label={spanText.tabs.label}
      value={tab}
      onChange={setTab}
      tabs={[
        { id: "info", title: spanText.tabs.info, panel: panel(<InfoTab key={span.id} span={span} />) },
        {
          id: "annotations",
          title: annotationsText.tab,
          badge: annotate.annotations.length > 0 && <Counter count={annotate.annotations.length} isDanger={false} />,
          panel: panel(
            <Suspense fallback={null}>
              <AnnotationsTab projectId={span.project.id} annotate={annotate} />
            </Suspense>,
          ),
        },
        { id: "attributes", title: spanText.tabs.attributes, panel: panel(<AttributesTab span={span} />) },
        {
          id: "events",
          title: spanText.tabs.events,
          badge: span.events.length > 0 && <Counter count={span.events.length} isDanger={hasException} />,
          panel: panel(<EventsTab span={span} />),
        },
        {
          id: "context",
          title: spanText.tabs.context,
          badge: span.links.length > 0 && <Counter count={span.links.length} isDanger={false} />,
          panel: panel(<ContextTab span={span} />),
        },
      ]}
      actions={
        tab === "info" && (
          <SegmentedControl
            label={spanText.textAs}
            value={mode}
            onChange={setMode}
            options={[
              { value: "markdown", label: spanText.markdown, ...(isPhone ? { icon: <Pilcrow size={13} /> } : {}) },
              { value: "text", label: spanText.text, ...(isPhone ? { icon: <AlignLeft size={13} /> } : {}) },
            ]}
          />
        )
      }
    />
  );
}

function Counter({ count, isDanger }: { count: number; isDanger: boolean }) {
  return (
    <span
      className={cx(
        "tabular rounded-pill px-1.5 text-label font-medium",
        isDanger ? "bg-danger-soft text-danger" : "bg-sunken text-ink-2 dark:bg-raised",
      )}
    >
      {count}
    </span>
  );
}
