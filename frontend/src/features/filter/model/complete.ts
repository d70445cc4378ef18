import { isClosed, tokenize, type Token } from "./tokens";
import { elementsOf, KNOWN_VALUES, type Snippet, type Term } from "./vocabulary";

export type Group =
  | "recent"
  | "suggestions"
  | "annotations"
  | "fields"
  | "collections"
  | "attributes"
  | "values"
  | "operators";

export type Completion = {
  group: Group;
  label: string;
  /** What it is, said beside the label. */
  note?: string;
  insert: string;
  /** The part of the text that it replaces. */
  from: number;
  to: number;
};

export type Known = { terms: readonly Term[]; snippets: readonly Snippet[]; recent: readonly string[] };

/** How many of a group are shown before anything is typed. */
const BROWSED: Record<Group, number> = {
  recent: 5,
  values: 30,
  suggestions: 5,
  annotations: 10,
  fields: 30,
  collections: 10,
  attributes: 20,
  operators: 12,
};

const MOST = 40;
const NUMBER_OPERATORS = ["==", "!=", "<", "<=", ">", ">=", "is None", "is not None"];
const TEXT_OPERATORS = ["==", "!=", "in [", "not in [", "is None", "is not None"];
const COMPARISONS = new Set(["==", "!=", "<", "<=", ">", ">=", "in", "is"]);

/** What can be written at the caret; the text is rarely whole there, so only what stands before it decides. */
export function complete(text: string, caret: number, known: Known): Completion[] {
  if (text.trim() === "") return start(text, known);
  const before = text.slice(0, caret);
  const tokens = tokenize(before);
  const last = tokens.at(-1);
  if (last?.kind === "comment") return [];
  if (last?.kind === "string" && !isClosed(last)) return insideText(text, tokens, last, caret, known);

  const word = /[A-Za-z_][\w.]*$/.exec(before);
  const from = word?.index ?? caret;
  const typed = word?.[0] ?? "";
  // A value that is still being written is not followed by anything yet.
  if (typed === "" && /[^\s([,.<>=!]$/.test(before)) return [];
  const place = { from, to: caret };
  const earlier = typed ? tokens.filter(({ end }) => end <= from) : tokens;
  return found(expected(text, earlier, known), typed).map((completion) => ({ ...completion, ...place }));
}

type Offer = Omit<Completion, "from" | "to">;

function start(text: string, { recent, snippets, terms }: Known): Completion[] {
  const whole = { from: 0, to: text.length };
  return found(
    [
      ...recent.map((condition): Offer => ({ group: "recent", label: condition, insert: condition })),
      ...snippets
        .filter(({ text: snippet }) => !recent.includes(snippet))
        .map(({ text: insert, title }): Offer => ({ group: "suggestions", label: insert, note: title, insert })),
      ...operands(terms),
    ],
    "",
  ).map((completion) => ({ ...completion, ...whole }));
}

/** What may follow the parts before the word at the caret. */
function expected(text: string, tokens: readonly Token[], known: Known): Offer[] {
  const last = tokens.at(-1);
  const before = tokens.at(-2);
  switch (last && `${last.kind}:${last.text}`) {
    case "keyword:is":
      return words(["None", "not None", "True", "False"]);
    case "keyword:for":
      return words(["x in "]);
    case "keyword:in":
      return tokens.at(-3)?.text === "for" ? collections(text, tokens, known) : members(tokens, known);
    case "bracket:[":
    case "other:,":
      return inList(tokens) ? values(operandBefore(tokens, "in")) : inputs(text, tokens, known);
    case "keyword:not":
      return before && isOperand(before) ? words(["in ["]) : inputs(text, tokens, known);
  }
  if (last === undefined || last.kind === "keyword" || last.text === "(") {
    return last && isOperand(last) ? next(tokens, known) : inputs(text, tokens, known);
  }
  if (last.kind === "operator") {
    return COMPARISONS.has(last.text)
      ? [...values(operandBefore(tokens, last.text)), ...inputs(text, tokens, known)]
      : inputs(text, tokens, known);
  }
  if (last.text === ".") return inputs(text, tokens, known);
  return before?.text === "for" ? words(["in "]) : next(tokens, known);
}

function isOperand({ kind, text }: Token): boolean {
  if (kind === "keyword") return text === "None" || text === "True" || text === "False";
  return kind === "name" || kind === "string" || kind === "number" || text === ")" || text === "]";
}

/** Behind a value: how to compare it, or, once that is done, how to go on. */
function next(tokens: readonly Token[], { terms }: Known): Offer[] {
  const clause = clauseOf(tokens);
  const isCompared = clause.some(
    ({ kind, text }) => (kind === "operator" || kind === "keyword") && COMPARISONS.has(text),
  );
  const depth = tokens.reduce((sum, { text }) => sum + (text === "(" ? 1 : text === ")" ? -1 : 0), 0);
  const isLoop =
    depth > 0 && tokens.some(({ kind, text }) => kind === "name" && /^(any|all|sum|min|max|len)$/.test(text));
  const hasLoop = tokens.some(({ text }) => text === "for");
  if (isCompared)
    return words([...(isLoop && !hasLoop ? ["for x in "] : []), "and ", "or ", ...(hasLoop ? ["if "] : [])]);
  if (clause.length === 1 && clause[0]?.kind === "string") return words(["in ", "not in "]);
  const path = clause.map(({ text }) => text).join("");
  const type = terms.find(({ name, insertText }) => insertText === path || name === path.replace(/^\w\./, ""))?.type;
  return words(type === "number" || type === "datetime" ? NUMBER_OPERATORS : TEXT_OPERATORS).map(withGap);
}

/** A value follows, unless the operator has it in itself. */
function withGap(operator: Offer): Offer {
  return /(None|\[)$/.test(operator.insert) ? operator : { ...operator, insert: `${operator.insert} ` };
}

/** The parts since the last word that joins conditions. */
function clauseOf(tokens: readonly Token[]): readonly Token[] {
  const begin = tokens.findLastIndex(
    ({ kind, text }) => (kind === "keyword" && /^(and|or|not|if|for)$/.test(text)) || text === "(" || text === ",",
  );
  return tokens.slice(begin + 1);
}

function words(texts: readonly string[]): Offer[] {
  return texts.map((text) => ({ group: "operators", label: text.trim(), insert: text }));
}

function inList(tokens: readonly Token[]): boolean {
  const open = tokens.findLastIndex(({ text }) => text === "[");
  return open > 0 && tokens[open - 1]?.text === "in" && !tokens.slice(open).some(({ text }) => text === "]");
}

/** The path that stands before the operator. */
function operandBefore(tokens: readonly Token[], operator: string): string {
  const at = tokens.findLastIndex(({ text }) => text === operator);
  const end = tokens[at - 1]?.text === "not" ? at - 1 : at;
  const path = clauseOf(tokens.slice(0, end));
  return path.map(({ text }) => text).join("");
}

function values(path: string): Offer[] {
  const name = path.split(".").at(-1) ?? "";
  const known = KNOWN_VALUES[name] ?? [];
  return known.map((value) => ({ group: "values", label: value, insert: `'${value}'` }));
}

/** Names that can be compared here: those of the row, or of the variable that is being written. */
function inputs(text: string, tokens: readonly Token[], { terms, snippets }: Known): Offer[] {
  const variables = loops(text).map(({ variable, collection }) => elementsOf(terms, collection, variable));
  const isInside = tokens.some(({ text: part }) => /^(any|all|sum|min|max|len)$/.test(part));
  const own = isInside ? variables.flat().map((term) => offer(term, "fields")) : [];
  const isFresh = tokens.length === 0 || /^(and|or)$/.test(tokens.at(-1)?.text ?? "");
  const ideas = isFresh
    ? snippets.map(({ text: insert, title }): Offer => ({ group: "suggestions", label: insert, note: title, insert }))
    : [];
  return [...own, ...operands(terms), ...ideas];
}

function members(tokens: readonly Token[], { terms }: Known): Offer[] {
  const left = tokens.at(-2);
  const isText = left?.kind === "string" || (left?.text === "not" && tokens.at(-3)?.kind === "string");
  if (!isText) return words(["["]);
  return terms
    .filter(({ type, iterableName }) => !iterableName && (type === "string" || type === "containment"))
    .map((term) => offer(term, groupOf(term)));
}

function collections(text: string, tokens: readonly Token[], { terms }: Known): Offer[] {
  const own = terms
    .filter(({ type, iterableName }) => type === "iterable" && !iterableName)
    .map((term): Offer => ({ group: "collections", label: term.name, note: term.description, insert: term.name }));
  const inner = loops(text.slice(0, tokens.at(-1)?.end))
    .flatMap(({ variable, collection }) => elementsOf(terms, collection, variable))
    .filter(({ type }) => type === "iterable")
    .map((term) => offer(term, "collections"));
  return [...own, ...inner];
}

type Loop = { variable: string; collection: string };

/** `for x in spans`, wherever it stands: the body comes before it. */
function loops(text: string): Loop[] {
  return [...text.matchAll(/\bfor\s+(\w+)\s+in\s+([\w.]+)/g)].map(([, variable = "", collection = ""]) => ({
    variable,
    collection,
  }));
}

function operands(terms: readonly Term[]): Offer[] {
  return terms
    .filter(({ iterableName }) => !iterableName)
    .filter(({ type }) => type !== "containment")
    .map((term) => offer(term, groupOf(term)));
}

function groupOf({ category, type }: Term): Group {
  if (category === "annotation") return "annotations";
  if (category === "attribute") return "attributes";
  return type === "iterable" ? "collections" : "fields";
}

function offer(term: Term, group: Group): Offer {
  const label = group === "collections" ? term.name : term.insertText;
  return { group, label, note: term.description, insert: term.insertText };
}

/** In a text that is not closed: names of annotations, and values that the language knows. */
function insideText(
  text: string,
  tokens: readonly Token[],
  open: Token,
  caret: number,
  { terms }: Known,
): Completion[] {
  const earlier = tokens.slice(0, -1);
  const typed = open.text.slice(1);
  // What was closed by the browser or an earlier choice stands behind the caret.
  const closed = text[caret] === open.text[0] ? caret + 1 : caret;
  const accessor = earlier.at(-2);
  if (earlier.at(-1)?.text === "[" && accessor?.kind === "name" && !inList(earlier)) {
    const begin = `${accessor.text}[${open.text}`.toLowerCase();
    const to = text[closed] === "]" ? closed + 1 : closed;
    return terms
      .filter(({ insertText }) => insertText.toLowerCase().startsWith(begin.replace('"', "'")))
      .map((term) => ({ ...offer(term, groupOf(term)), from: accessor.start, to }));
  }
  const operator = inList(earlier) ? "in" : (earlier.at(-1)?.text ?? "");
  if (operator !== "in" && !COMPARISONS.has(operator)) return [];
  return found(values(operandBefore(earlier, operator)), typed).map((completion) => ({
    ...completion,
    from: open.start,
    to: closed,
  }));
}

/** Best matches first; before anything is typed a few of each group, in the order of the groups. */
function found<O extends Offer>(offers: readonly O[], typed: string): O[] {
  const order = Object.keys(BROWSED) as Group[];
  // Who types a name means the name, not a condition that begins with it.
  const place = ({ group }: O) => (group === "suggestions" || group === "recent" ? order.length : order.indexOf(group));
  const unique = [...new Map(offers.map((each) => [`${each.group} ${each.insert}`, each])).values()];
  if (typed === "") {
    return order.flatMap((group) => unique.filter((each) => each.group === group).slice(0, BROWSED[group]));
  }
  const best = unique
    .map((each) => ({ each, score: rank(each, typed.toLowerCase()) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score || place(a.each) - place(b.each))
    .slice(0, MOST)
    .map(({ each }) => each);
  // What belongs together stands together, the group of the best match first.
  return [...Map.groupBy(best, ({ group }) => group).values()].flat();
}

/** 4 the beginning, 3 the beginning of a part, 2 somewhere, 1 the letters in this order; 0 not at all. */
function rank({ label, insert, note = "", group }: Offer, typed: string): number {
  const texts = group === "values" || group === "operators" ? [label] : [label, insert];
  const scores = texts.map((text) => {
    const whole = text.toLowerCase();
    const at = whole.indexOf(typed);
    if (at === 0) return 4;
    if (at > 0) return /\w/.test(whole[at - 1] ?? "") ? 2 : 3;
    return 0;
  });
  const best = Math.max(...scores);
  if (best > 0 || typed.length < 3) return best;
  if (group === "suggestions" && note.toLowerCase().includes(typed)) return 2;
  let place = 0;
  for (const letter of label.toLowerCase()) if (letter === typed[place]) place++;
  return place === typed.length ? 1 : 0;
}

/** The text with the choice in it, and where the caret goes: into the first empty text, or behind. */
export function accept(text: string, { insert, from, to }: Completion): { text: string; caret: number } {
  const behind = text.slice(to);
  const isWord = /[\w'\])]$/.test(insert) && !/^(?:True|False|None)$/.test(insert);
  const hole = insert.indexOf("''");
  const gap = behind === "" && isWord && hole < 0 ? " " : "";
  const caret = hole >= 0 ? from + hole + 1 : from + insert.length + gap.length;
  return { text: text.slice(0, from) + insert + gap + behind, caret };
}
