import { ChartNoAxesColumn } from "lucide-react";
import { Suspense } from "react";
import { lazily } from "../../../lib/code";
import { usePreference } from "../../../lib/preferences";
import { useShortcuts } from "../../../lib/shortcuts";
import { metricsText } from "../../../text/metrics";
import { projectText } from "../../../text/project";
import { IconToggle } from "../../../ui/Button";
import { ErrorBoundary } from "../../../ui/ErrorBoundary";
import { CursorContext, useCursorState } from "../../../ui/chart/cursor";
import type { Grain } from "../../filter/model/vocabulary";

const Charts = lazily(async () => (await import("./Charts")).Charts);

/** Charts are shown on request; they cost a question each. */
export function MetricsToggle() {
  const [isOn, setOn] = usePreference("metrics");
  useShortcuts([{ keys: "m", label: metricsText.key, group: projectText.group, run: () => setOn(!isOn) }]);
  return (
    <IconToggle
      label={isOn ? metricsText.hide : metricsText.show}
      shortcut="m"
      icon={<ChartNoAxesColumn size={15} />}
      isSelected={isOn}
      onChange={setOn}
    />
  );
}

/** The time range as charts under one cursor; a part of it that is chosen becomes the time range. */
export function MetricsStrip({ grain }: { grain: Grain }) {
  const [isOn] = usePreference("metrics");
  const cursor = useCursorState();
  if (!isOn) return null;
  return (
    <CursorContext value={cursor}>
      <section
        aria-label={metricsText.title}
        tabIndex={0}
        className="flex shrink-0 overflow-x-auto border-b border-line bg-surface"
      >
        {/* As high as the charts, so that the table does not move when they come. */}
        <ErrorBoundary compact>
          <Suspense fallback={<div className="h-32.5" />}>
            <Charts grain={grain} />
          </Suspense>
        </ErrorBoundary>
      </section>
    </CursorContext>
  );
}
