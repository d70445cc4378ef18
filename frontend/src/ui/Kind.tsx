import {
  ArrowDownWideNarrow,
  Bot,
  CircleDashed,
  FileSearch,
  Gauge,
  MessageSquareText,
  Shapes,
  ShieldCheck,
  Split,
  SquarePen,
  Workflow,
  Wrench,
  type LucideIcon,
} from "lucide-react";

const kinds = {
  llm: { word: "LLM", icon: MessageSquareText },
  agent: { word: "Agent", icon: Bot },
  chain: { word: "Chain", icon: Workflow },
  tool: { word: "Tool", icon: Wrench },
  retriever: { word: "Retriever", icon: FileSearch },
  reranker: { word: "Reranker", icon: ArrowDownWideNarrow },
  embedding: { word: "Embedding", icon: Shapes },
  guardrail: { word: "Guardrail", icon: ShieldCheck },
  evaluator: { word: "Evaluator", icon: Gauge },
  prompt: { word: "Prompt", icon: SquarePen },
  decision: { word: "Decision", icon: Split },
  unknown: { word: "Unknown", icon: CircleDashed },
} satisfies Record<string, { word: string; icon: LucideIcon }>;

export type Kind = keyof typeof kinds;

/** Any case; what is not a known kind is unknown. */
export function toKind(text: string): Kind {
  const name = text.toLowerCase();
  return name in kinds ? (name as Kind) : "unknown";
}

export function kindWord(kind: Kind): string {
  return kinds[kind].word;
}

export function KindIcon({ kind, size = 14 }: { kind: Kind; size?: number }) {
  const Icon = kinds[kind].icon;
  return (
    <span data-kind={kind} className="inline-flex shrink-0 text-kind">
      <Icon size={size} aria-hidden />
    </span>
  );
}

/** In a table: coloured icon and word. */
export function KindText({ kind }: { kind: Kind }) {
  return (
    <span className="inline-flex items-center gap-1.5">
      <KindIcon kind={kind} />
      <span data-kind={kind} className="text-kind">
        {kinds[kind].word}
      </span>
    </span>
  );
}

/** In a header: on a ground of its own. */
export function KindToken({ kind }: { kind: Kind }) {
  const Icon = kinds[kind].icon;
  return (
    <span
      data-kind={kind}
      className="inline-flex h-5 shrink-0 items-center gap-1 rounded-control bg-kind-soft px-1.5 text-label font-medium text-kind"
    >
      <Icon size={12} aria-hidden />
      {kinds[kind].word}
    </span>
  );
}
