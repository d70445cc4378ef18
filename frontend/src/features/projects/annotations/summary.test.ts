import { expect, it } from "vitest";
import { annotationTotals } from "../metrics/annotationTotals";
import { summarize, summaryText } from "./summary";

const said = (name: string, annotatorKind: string, label: string | null, score: number | null) => ({
  id: `${name}${annotatorKind}${label}${score}`,
  name,
  annotatorKind,
  label,
  score,
});
const all = [
  said("quality", "HUMAN", "good", 1),
  said("quality", "LLM", "bad", 0),
  said("quality", "LLM", "bad", 0.5),
  said("note", "HUMAN", null, null),
];

const bin = (count: number, meanScore: number, good: number) => [
  {
    name: "quality",
    count,
    meanScore,
    scoreCount: count,
    labelCount: count,
    labelFractions: [
      { label: "good", fraction: good },
      { label: "bad", fraction: 1 - good },
    ],
  },
];

it("sums up a row's annotations by name, without notes", () => {
  expect(summarize(all, new Set()).map(summaryText)).toEqual(["bad +1 0.50"]);
});

it("counts those of the chosen kinds only", () => {
  expect(summarize(all, new Set(["HUMAN"])).map(summaryText)).toEqual(["good 1"]);
  expect(summarize(all, new Set(["CODE"]))).toEqual([]);
});

it("sums up bins so that every annotation weighs the same", () => {
  expect(annotationTotals([bin(1, 1, 1), [], bin(3, 0, 0)])).toEqual([
    {
      name: "quality",
      count: 4,
      scoreCount: 4,
      mean: 0.25,
      labels: [
        { label: "bad", fraction: 0.75 },
        { label: "good", fraction: 0.25 },
      ],
    },
  ]);
});
