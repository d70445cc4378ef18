import { MessagesSquare } from "lucide-react";
import { usePreference } from "../../lib/preferences";
import { firstTraceText } from "../../text/firstTrace";
import { sessionsText } from "../../text/sessions";
import { EmptyState } from "../../ui/EmptyState";
import { SegmentedControl } from "../../ui/SegmentedControl";
import { CodeBlock } from "../../ui/text/CodeBlock";
import { languages, sessionSnippet } from "../projects/snippets";

/** What makes traces a conversation, in the language a person writes. */
export function NoSessions() {
  const [language, setLanguage] = usePreference("language");
  return (
    <EmptyState icon={<MessagesSquare size={28} strokeWidth={1.5} />} title={sessionsText.none}>
      <p>{sessionsText.noneNote}</p>
      <div className="mt-4 flex flex-col gap-2 text-left">
        <SegmentedControl
          label={firstTraceText.language}
          value={language}
          onChange={setLanguage}
          options={languages.map(({ id, title }) => ({ value: id, label: title }))}
        />
        <CodeBlock label={sessionsText.setUp} code={sessionSnippet(language)} />
      </div>
    </EmptyState>
  );
}
