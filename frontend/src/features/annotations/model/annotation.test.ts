import { describe, expect, it } from "vitest";
import { mine, notesOf, summarise, valueText, withoutNotes, type Annotation } from "./annotation";
import { labelKeys, qualityOf, scoreIn, toConfig, type Config } from "./config";

const annotation = (changes: Partial<Annotation>): Annotation => ({
  id: "A",
  name: "correctness",
  annotatorKind: "HUMAN",
  label: null,
  score: null,
  explanation: null,
  identifier: "",
  source: "APP",
  createdAt: "2026-01-01T00:00:00Z",
  user: null,
  ...changes,
});

const correctness: Config = {
  id: "C",
  name: "correctness",
  description: null,
  direction: "MAXIMIZE",
  type: "CATEGORICAL",
  choices: [
    { label: "correct", score: 1 },
    { label: "incorrect", score: 0 },
  ],
};

describe("summarise", () => {
  it("counts labels and averages scores by name, in the order of the alphabet", () => {
    expect(
      summarise([
        annotation({ name: "tone", label: "kind" }),
        annotation({ label: "correct", score: 1 }),
        annotation({ label: "incorrect", score: 0 }),
        annotation({ label: "correct", score: 1 }),
      ]),
    ).toEqual([
      {
        name: "correctness",
        count: 3,
        meanScore: 2 / 3,
        labels: [
          { label: "correct", count: 2 },
          { label: "incorrect", count: 1 },
        ],
      },
      { name: "tone", count: 1, meanScore: null, labels: [{ label: "kind", count: 1 }] },
    ]);
  });
});

describe("whose an annotation is", () => {
  it("is the newest of the viewer's own, made here by hand", () => {
    const all = [
      annotation({ id: "theirs", user: { id: "U2", username: "other" } }),
      annotation({ id: "old", user: { id: "U1", username: "me" } }),
      annotation({ id: "new", user: { id: "U1", username: "me" }, createdAt: "2026-02-01T00:00:00Z" }),
      annotation({ id: "sent", user: { id: "U1", username: "me" }, source: "API", createdAt: "2026-03-01T00:00:00Z" }),
    ];
    expect(mine(all, "correctness", "U1")?.id).toBe("new");
    expect(mine(all, "correctness", null)).toBeNull();
  });
});

it("notes are apart from the rest", () => {
  const all = [annotation({ name: "note", explanation: "look" }), annotation({})];
  expect(notesOf(all).map(valueText)).toEqual(["look"]);
  expect(withoutNotes(all)).toHaveLength(1);
});

describe("a config", () => {
  it("says which scores are good, by direction and the middle of what is possible", () => {
    expect([1, 0.5, 0, null].map((score) => qualityOf(correctness, score))).toEqual([
      "good",
      "neutral",
      "bad",
      "neutral",
    ]);
    expect(qualityOf({ ...correctness, direction: "MINIMIZE" }, 1)).toBe("bad");
    expect(qualityOf({ ...correctness, direction: "NONE" }, 1)).toBe("neutral");
  });

  it("gives each label a digit, as far as they go", () => {
    const many: Config = {
      ...correctness,
      choices: Array.from({ length: 12 }, (_, at) => ({ label: `${at}`, score: null })),
    };
    expect([...labelKeys([many]).keys()]).toEqual(["1", "2", "3", "4", "5", "6", "7", "8", "9"]);
    expect(labelKeys([correctness]).get("2")?.choice.label).toBe("incorrect");
  });

  it("is read from every type the server has, and left out where it is unknown", () => {
    const node = { id: "X", name: "n", description: null, optimizationDirection: "MAXIMIZE" };
    expect(toConfig({ ...node, __typename: "ContinuousAnnotationConfig", lowerBound: 0, upperBound: 1 })).toMatchObject(
      {
        type: "CONTINUOUS",
        lower: 0,
        upper: 1,
      },
    );
    expect(toConfig({ ...node, __typename: "SomethingNew" })).toBeNull();
  });

  it("takes numbers within its bounds only", () => {
    expect(["0.5", " 1 ", "0,5", "2", "", "x"].map((text) => scoreIn(text, 0, 1))).toEqual([
      0.5,
      1,
      0.5,
      null,
      null,
      null,
    ]);
  });
});
