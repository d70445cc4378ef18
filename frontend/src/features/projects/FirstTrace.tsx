import { useState, type ReactNode } from "react";
import { collectorEndpoint, config } from "../../lib/config";
import { usePreference } from "../../lib/preferences";
import { useInterval } from "../../lib/useInterval";
import { usePermissions } from "../../lib/viewer";
import { firstTraceText } from "../../text/firstTrace";
import { Alert } from "../../ui/Alert";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { CodeBlock } from "../../ui/text/CodeBlock";
import { FirstTraceKey } from "./FirstTraceKey";
import { firstTrace, KEY_PLACEHOLDER, languages } from "./snippets";

const POLL_MS = 2000;

/** Nothing has been sent yet: the one next step. `onPoll` asks again; without it the page around does. */
export function FirstTrace({ projectName = "my-app", onPoll }: { projectName?: string; onPoll?: () => void }) {
  const [language, setLanguage] = usePreference("language");
  const { canWrite } = usePermissions();
  const [key, setKey] = useState<string | null>(null);
  useInterval(() => onPoll?.(), POLL_MS, onPoll !== undefined);
  const steps = firstTrace(language, {
    endpoint: collectorEndpoint(),
    projectName,
    hasKeys: config.authenticationEnabled,
  });
  return (
    <div className="min-h-0 grow overflow-auto bg-surface">
      <section className="mx-auto flex max-w-180 flex-col gap-5 px-6 py-12">
        <header className="flex flex-col gap-1">
          <p className="flex items-center gap-2 text-meta text-ink-3" role="status">
            <span className="size-1.5 animate-[pulse_2s_ease-in-out_infinite] rounded-pill bg-accent" />
            {firstTraceText.waiting}
          </p>
          <h2 className="text-page font-semibold">{firstTraceText.title}</h2>
          <p className="text-ink-2">{firstTraceText.explanation}</p>
        </header>
        <SegmentedControl
          label={firstTraceText.language}
          value={language}
          onChange={setLanguage}
          options={languages.map(({ id, title }) => ({ value: id, label: title }))}
        />
        <ol className="flex flex-col gap-5">
          {steps.install && (
            <Step title={firstTraceText.install}>
              <CodeBlock label={firstTraceText.installLabel} code={steps.install} />
            </Step>
          )}
          {config.authenticationEnabled && (
            <Step title={firstTraceText.key} actions={canWrite && key === null && <FirstTraceKey onCreated={setKey} />}>
              <CodeBlock label={firstTraceText.keyLabel} code={`export PHOENIX_API_KEY=${key ?? KEY_PLACEHOLDER}`} />
              {!canWrite && <Alert tone="info">{firstTraceText.readOnly}</Alert>}
              {key !== null && <p className="text-meta text-ink-3">{firstTraceText.keyOnce}</p>}
            </Step>
          )}
          <Step title={firstTraceText.send}>
            <CodeBlock label={firstTraceText.sendLabel} code={steps.code} />
          </Step>
        </ol>
        <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 border-t border-line pt-4 text-meta">
          <dt className="text-ink-3">{firstTraceText.otlp}</dt>
          <dd>
            <code className="text-code break-all">{collectorEndpoint()}/v1/traces</code>
          </dd>
        </dl>
      </section>
    </div>
  );
}

function Step({ title, actions, children }: { title: string; actions?: ReactNode; children: ReactNode }) {
  return (
    <li className="flex flex-col gap-2 [counter-increment:step]">
      <h3 className="flex min-h-7 items-center gap-2 font-medium before:tabular before:inline-flex before:size-5 before:items-center before:justify-center before:rounded-pill before:bg-sunken before:text-label before:text-ink-2 before:content-[counter(step)] dark:before:bg-raised">
        {title}
        <span className="ml-auto">{actions}</span>
      </h3>
      {children}
    </li>
  );
}
