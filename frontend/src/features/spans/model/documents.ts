import type { Json } from "../../../lib/json";
import { anyText, at, list, number, opened, record, text, type Attributes } from "./read";

export type Document = {
  /** In the list as it was sent; annotations go by it. */
  position: number;
  id: string | null;
  content: string | null;
  score: number | null;
  metadata: Json | null;
};

export function retrievedDocuments(attributes: Attributes): Document[] {
  return readDocuments(at(attributes, "retrieval.documents"));
}

export type Reranking = {
  query: string | null;
  model: string | null;
  topK: number | null;
  input: Document[];
  output: Document[];
};

export function readReranking(attributes: Attributes): Reranking {
  const reranker = attributes.reranker;
  return {
    query: anyText(at(reranker, "query")),
    model: text(at(reranker, "model_name")),
    topK: number(at(reranker, "top_k")),
    input: readDocuments(at(reranker, "input_documents")),
    output: readDocuments(at(reranker, "output_documents")),
  };
}

function readDocuments(value: Json | undefined): Document[] {
  return list(value).flatMap((item, position) => {
    const document = record(at(item, "document") ?? item);
    if (!document) return [];
    return {
      position,
      id: anyText(document.id),
      content: anyText(document.content),
      score: number(document.score),
      metadata: opened(document.metadata),
    };
  });
}

/** Where the same document stood before: by id, else by content. */
export function rankBefore(document: Document, before: Document[]): number | null {
  const rank = before.findIndex((candidate) =>
    document.id !== null && candidate.id !== null
      ? candidate.id === document.id
      : candidate.content !== null && candidate.content === document.content,
  );
  return rank < 0 ? null : rank;
}

/** Share of the longest bar. Scores are of any scale; negative ones have no bar. */
export function scoreShare(score: number, all: Document[]): number {
  const highest = Math.max(...all.map((document) => document.score ?? 0));
  return highest > 0 ? Math.max(0, score / highest) : 0;
}

export type Embedding = { text: string | null; dimensions: number | null };

export function readEmbeddings(attributes: Attributes): Embedding[] {
  return list(at(attributes, "embedding.embeddings")).map((item) => {
    const embedding = at(item, "embedding") ?? item;
    const vector = at(embedding, "vector");
    return { text: anyText(at(embedding, "text")), dimensions: Array.isArray(vector) ? vector.length : null };
  });
}
