import { llmText } from "../../../text/span";
import { CopyButton } from "../../../ui/CopyButton";
import { JsonView } from "../../../ui/json/JsonView";
import { Disclosure } from "../../../ui/Section";
import type { Tool } from "../model/conversation";

/** The tools the model was offered. */
export function ToolSchemas({ tools }: { tools: Tool[] }) {
  return (
    <ol className="flex flex-col gap-2">
      {tools.map((tool, index) => (
        <li key={index}>
          <Disclosure
            title={<code className="text-code">{tool.name}</code>}
            note={tool.description}
            isInitiallyOpen={tools.length === 1}
            actions={
              <CopyButton label={llmText.copySchema(tool.name)} text={() => JSON.stringify(tool.schema, null, 2)} />
            }
          >
            <JsonView value={tool.schema} />
          </Disclosure>
        </li>
      ))}
    </ol>
  );
}
