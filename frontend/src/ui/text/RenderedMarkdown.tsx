import ReactMarkdown, { type Components } from "react-markdown";
import remarkGfm from "remark-gfm";
import { common } from "../../text/common";
import { CodeBlock } from "./CodeBlock";

const components: Components = {
  pre: ({ children }) => <>{children}</>,
  code: ({ children, className }) => {
    const code = String(children);
    const isBlock = className !== undefined || code.includes("\n");
    return isBlock ? (
      <CodeBlock label={common.code} code={code.replace(/\n$/, "")} />
    ) : (
      <code className="rounded-[3px] bg-sunken px-1 py-px text-code dark:bg-raised">{children}</code>
    );
  },
  a: ({ children, href }) => (
    <a href={href} target="_blank" rel="noreferrer" className="text-accent underline underline-offset-2">
      {children}
    </a>
  ),
  // An image in a message would be fetched from wherever the model said: only its words are shown.
  img: ({ alt, src }) => <span className="text-ink-3">{common.image(alt || String(src ?? ""))}</span>,
  h1: ({ children }) => <p className="text-section font-semibold">{children}</p>,
  h2: ({ children }) => <p className="text-section font-semibold">{children}</p>,
  h3: ({ children }) => <p className="font-semibold">{children}</p>,
  h4: ({ children }) => <p className="font-semibold">{children}</p>,
  h5: ({ children }) => <p className="font-semibold">{children}</p>,
  h6: ({ children }) => <p className="font-semibold">{children}</p>,
  ul: ({ children }) => <ul className="list-disc space-y-0.5 pl-5">{children}</ul>,
  ol: ({ children, start }) => (
    <ol start={start} className="list-decimal space-y-0.5 pl-5">
      {children}
    </ol>
  ),
  blockquote: ({ children }) => (
    <blockquote className="border-l-2 border-line-strong pl-3 text-ink-2">{children}</blockquote>
  ),
  table: ({ children }) => (
    <div className="overflow-x-auto">
      <table className="border-collapse text-meta">{children}</table>
    </div>
  ),
  th: ({ children }) => <th className="border border-line px-2 py-1 text-left font-medium">{children}</th>,
  td: ({ children }) => <td className="border border-line px-2 py-1">{children}</td>,
  hr: () => <hr className="border-line" />,
};

export function RenderedMarkdown({ text }: { text: string }) {
  return (
    <div dir="auto" className="flex flex-col gap-2.5 break-words">
      <ReactMarkdown remarkPlugins={[remarkGfm]} components={components} skipHtml>
        {text}
      </ReactMarkdown>
    </div>
  );
}
