import { describe, expect, it } from "vitest";
import type { Json } from "../../../lib/json";
import type { Attributes } from "./read";
import { rankBefore, readEmbeddings, readReranking, retrievedDocuments, scoreShare } from "./documents";

describe("documents", () => {
  it("are read with their metadata opened", () => {
    const attributes: Attributes = {
      retrieval: {
        documents: [{ document: { id: 7, content: "text", score: 0.5, metadata: '{"source":"a"}' } }, { document: {} }],
      },
    };
    expect(retrievedDocuments(attributes)).toEqual([
      { position: 0, id: "7", content: "text", score: 0.5, metadata: { source: "a" } },
      { position: 1, id: null, content: null, score: null, metadata: null },
    ]);
  });

  it("tolerate any shape", () => {
    for (const documents of [null, "x", 3, [null, "x", 3], { a: 1 }]) {
      expect(retrievedDocuments({ retrieval: { documents } })).toEqual([]);
    }
  });

  it("know where they stood before a reranking", () => {
    const { input, output, query, topK } = readReranking({
      reranker: {
        query: "q",
        top_k: 2,
        input_documents: [{ document: { id: "a" } }, { document: { content: "same" } }, { document: { id: "c" } }],
        output_documents: [{ document: { id: "c" } }, { document: { content: "same" } }, { document: { id: "new" } }],
      },
    });
    expect([query, topK]).toEqual(["q", 2]);
    expect(output.map((document) => rankBefore(document, input))).toEqual([2, 1, null]);
  });

  it("have bars against the best score", () => {
    const scored = [0.8, 0.4, -1].map((score) => ({ position: 0, id: null, content: null, metadata: null, score }));
    expect(scored.map(({ score }) => scoreShare(score, scored))).toEqual([1, 0.5, 0]);
    expect(scoreShare(-2, [{ position: 0, id: null, content: null, metadata: null, score: -2 }])).toBe(0);
  });
});

it("embeddings tell their text and how long the vector is", () => {
  const embeddings: Json = [{ embedding: { text: "a", vector: [1, 2, 3] } }, { embedding: { text: "b" } }];
  expect(readEmbeddings({ embedding: { embeddings } })).toEqual([
    { text: "a", dimensions: 3 },
    { text: "b", dimensions: null },
  ]);
});
