import { describe, expect, it } from "vitest";
import { accept, complete, type Completion } from "./complete";
import type { Term } from "./vocabulary";

const term = (name: string, type = "string", rest: Partial<Term> = {}): Term => ({
  name,
  type,
  description: `the ${name}`,
  category: "span",
  iterableName: null,
  insertText: name,
  ...rest,
});

const terms: Term[] = [
  term("span_kind"),
  term("status_code"),
  term("latency_ms", "number"),
  term("input.value"),
  term("annotations['quality'].score", "number", {
    category: "annotation",
    insertText: "annotations['quality'].score",
  }),
  term("annotations['quality'].label", "string", {
    category: "annotation",
    insertText: "annotations['quality'].label",
  }),
  term("user.tier", "string", { category: "attribute", insertText: "attributes['user.tier']" }),
  term("spans", "iterable", { category: "iterable", insertText: "any(x.name == '' for x in spans)" }),
  term("name", "string", { category: "element", iterableName: "spans", insertText: "x.name" }),
  term("status_code", "string", { category: "element", iterableName: "spans", insertText: "x.status_code" }),
];
const known = {
  terms,
  snippets: [{ text: "parent_id is None", title: "Root spans only" }],
  recent: ["latency_ms > 5"],
};

const at = (text: string): Completion[] => {
  const caret = text.includes("|") ? text.indexOf("|") : text.length;
  return complete(text.replace("|", ""), caret, known);
};
const labels = (text: string) => at(text).map(({ label }) => label);
const chosen = (text: string, label: string) => {
  const completion = at(text).find((each) => each.label === label);
  if (!completion) throw new Error(`${label} is not offered for ${text}, but ${labels(text).join(", ")}`);
  const result = accept(text.replace("|", ""), completion);
  return `${result.text.slice(0, result.caret)}|${result.text.slice(result.caret)}`;
};

describe("completion", () => {
  it("of nothing offers what was used before, suggestions and fields", () => {
    expect(at("").map(({ group }) => group)).toEqual(
      expect.arrayContaining(["recent", "suggestions", "fields", "attributes", "annotations"]),
    );
    expect(labels("").slice(0, 2)).toEqual(["latency_ms > 5", "parent_id is None"]);
  });

  it("of a beginning offers the fields that begin so first", () => {
    expect(labels("lat")[0]).toBe("latency_ms");
    expect(labels("quality")[0]).toBe("annotations['quality'].score");
    expect(chosen("status_code == 'ERROR' and lat|", "latency_ms")).toBe("status_code == 'ERROR' and latency_ms |");
  });

  it("goes on from a field with operators, from a comparison with and, or", () => {
    expect(labels("latency_ms ")).toEqual(["==", "!=", "<", "<=", ">", ">=", "is None", "is not None"]);
    expect(labels("span_kind ")).toContain("in [");
    expect(labels("latency_ms > 5 ")).toEqual(["and", "or"]);
    expect(labels("'x' ")).toEqual(["in", "not in"]);
    expect(labels("'x' in ")).toContain("input.value");
  });

  it("offers the values that the language knows, with and without quotes", () => {
    expect(labels("span_kind == ")[0]).toBe("LLM");
    expect(labels("span_kind == '")[0]).toBe("LLM");
    expect(labels("span_kind in ['LLM', ")).toContain("TOOL");
    expect(labels("status_code != 'E")).toContain("ERROR");
    expect(chosen("span_kind == '|'", "LLM")).toBe("span_kind == 'LLM' |");
    expect(labels("input.value == '")).toEqual([]);
  });

  it("finishes the name of an annotation inside of its brackets", () => {
    expect(labels("annotations['q")).toEqual(["annotations['quality'].score", "annotations['quality'].label"]);
    expect(chosen("annotations['q|']", "annotations['quality'].score")).toBe("annotations['quality'].score |");
  });

  it("in a comprehension offers the collection's own fields, under the variable's name", () => {
    expect(labels("any(s.| for s in spans)")).toEqual(["s.name", "s.status_code"]);
    expect(labels("any(s.name == 'a' for s in ")).toEqual(["spans"]);
    expect(labels("any(s.name == 'a' ")).toContain("for x in");
    expect(labels("any(s.status_code == '|' for s in spans)")).toContain("ERROR");
  });

  it("of a collection inserts a whole condition with the caret where one writes", () => {
    expect(chosen("|", "spans")).toBe("any(x.name == '|' for x in spans)");
  });

  it("says nothing in texts and comments, and never fails", () => {
    expect(labels("input.value == 'spa")).toEqual([]);
    expect(labels("latency_ms > 5 # lat")).toEqual([]);
    for (const text of ["((", "]]", "'", '"\\', "a[", "any(", "not", "= =", "\u{1F600}", "x.y.z[", "for in is"]) {
      expect(() => labels(text)).not.toThrow();
    }
  });
});
