import { collectorEndpoint } from "../../lib/config";
import { usePreference } from "../../lib/preferences";
import { useInterval } from "../../lib/useInterval";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { CodeBlock } from "../../ui/text/CodeBlock";
import { firstTrace, languages } from "./snippets";

const POLL_MS = 2000;

/** Nothing has been sent yet: the one next step. `onPoll` asks again; without it the page around does. */
export function FirstTrace({ projectName = "my-app", onPoll }: { projectName?: string; onPoll?: () => void }) {
  const [language, setLanguage] = usePreference("language");
  useInterval(() => onPoll?.(), POLL_MS, onPoll !== undefined);
  const { install, code } = firstTrace(language, collectorEndpoint(), projectName);
  return (
    <div className="min-h-0 grow overflow-auto bg-surface">
      <section className="mx-auto flex max-w-180 flex-col gap-5 px-6 py-12">
        <header className="flex flex-col gap-1">
          <p className="flex items-center gap-2 text-meta text-ink-3" role="status">
            <span className="size-1.5 animate-[pulse_2s_ease-in-out_infinite] rounded-pill bg-accent" />
            Waiting for the first trace
          </p>
          <h2 className="text-page font-semibold">Send a trace</h2>
          <p className="text-ink-2">
            Any OpenTelemetry exporter works. This page shows the trace as soon as it is stored.
          </p>
        </header>
        <SegmentedControl
          label="Language"
          value={language}
          onChange={setLanguage}
          options={languages.map(({ id, title }) => ({ value: id, label: title }))}
        />
        <Step number={1} title="Install">
          <CodeBlock label="install command" code={install} />
        </Step>
        <Step number={2} title="Send">
          <CodeBlock label="first trace" code={code} />
        </Step>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t border-line pt-4 text-meta">
          <dt className="text-ink-3">OTLP over HTTP</dt>
          <dd>
            <code className="text-code">{collectorEndpoint()}/v1/traces</code>
          </dd>
        </dl>
      </section>
    </div>
  );
}

function Step({ number, title, children }: { number: number; title: string; children: React.ReactNode }) {
  return (
    <section className="flex flex-col gap-2">
      <h3 className="flex items-center gap-2 font-medium">
        <span className="tabular inline-flex size-5 items-center justify-center rounded-pill bg-sunken text-label text-ink-2 dark:bg-raised">
          {number}
        </span>
        {title}
      </h3>
      {children}
    </section>
  );
}
