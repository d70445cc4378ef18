import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { parseSync } from "vite";
import { expect, it } from "vitest";

/** What a person reads or hears is in this folder. Elsewhere such texts are looked for by where they stand and how they look. */
const SRC = join(import.meta.dirname, "..");

const TEXT_NAMES = new Set(
  [
    "label title placeholder alt description note hint message heading group text name unit what noun caption",
    "aria-label aria-description aria-roledescription aria-valuetext",
  ].flatMap((names) => names.split(" ")),
);
/** Of these names the values are often no texts, so only what looks like words counts. */
const VAGUE_NAMES = new Set(["name", "text", "group", "unit", "what", "noun", "description"]);
const LOOKS = new Set(["className", "class", "d", "points", "transform", "style", "viewBox"]);

type Node = { type: string; start: number } & Record<string, unknown>;

const isNode = (value: unknown): value is Node =>
  typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";

/** The fixed parts of a string or template. */
function partsOf(node: Node): string[] {
  if (node.type === "Literal") return typeof node.value === "string" ? [node.value] : [];
  if (node.type === "JSXText") return [String(node.value)];
  if (node.type !== "TemplateLiteral") return [];
  return (node.quasis as { value: { cooked: string } }[]).map(({ value }) => value.cooked);
}

/** Letters, and not the path of an address or the code of a message. */
const hasLetters = (part: string) => /\p{L}/u.test(part) && !/^(\/|[a-z]+(-[a-z]+)+$)/.test(part.trim());
const isSentence = (parts: string[]) => /^[A-Z][a-z’']*[.,:]? [A-Za-z“]/.test(parts.join("…"));
const looksLikeWords = (parts: string[]) => /^[A-Z][a-z]/.test(parts[0] ?? "") || isSentence(parts);

/** Whether `node`, below `above`, is shown to a person. */
function isShown(node: Node, above: readonly Node[]): boolean {
  const parts = partsOf(node);
  if (!parts.some(hasLetters)) return false;
  if (node.type === "JSXText") return true;
  if (above.some(({ type }) => type === "TaggedTemplateExpression" || type === "ImportDeclaration")) return false;
  const attribute = above.findLast(({ type }) => type === "JSXAttribute" || type === "JSXElement");
  const attributeName = attribute?.type === "JSXAttribute" ? nameOf(attribute.name) : null;
  if (attributeName !== null && LOOKS.has(attributeName)) return false;
  // Mistakes of the program itself are for those who write it.
  if (above.some((parent) => parent.type === "NewExpression" && nameOf(parent.callee) === "Error")) return false;
  if (isSentence(parts)) return true;
  const call = above.at(-1);
  if (call?.type === "CallExpression" && nameOf(call.callee) === "plural") return true;
  const chain = valueChain(node, above);
  const owner = chain && nameOf(chain.type === "Property" ? chain.key : chain.name);
  if (chain?.type === "JSXExpressionContainer") return true;
  if (owner === null || owner === undefined || !TEXT_NAMES.has(owner)) return false;
  return VAGUE_NAMES.has(owner) ? looksLikeWords(parts) : true;
}

/** What the literal becomes the value of, through conditions and alternatives: a property, an attribute, a child. */
function valueChain(node: Node, above: readonly Node[]): Node | null {
  let below = node;
  for (let index = above.length - 1; index >= 0; index--) {
    const parent = above[index]!;
    if (parent.type === "ConditionalExpression" && parent.test !== below) below = parent;
    else if (parent.type === "LogicalExpression" && parent.right === below) below = parent;
    else if (parent.type === "TemplateLiteral" || parent.type === "ParenthesizedExpression") below = parent;
    else if (parent.type === "Property") return parent.value === below ? parent : null;
    else if (parent.type === "JSXAttribute") return parent;
    else if (parent.type === "JSXExpressionContainer") {
      const owner = above[index - 1];
      return owner?.type === "JSXAttribute" ? owner : parent;
    } else return null;
  }
  return null;
}

function nameOf(node: unknown): string | null {
  if (!isNode(node)) return null;
  if (node.type === "Literal") return String(node.value);
  return typeof node.name === "string" ? node.name : null;
}

function shownTexts(file: string): string[] {
  const source = readFileSync(file, "utf8");
  const found: string[] = [];
  const visit = (value: unknown, above: readonly Node[]) => {
    if (Array.isArray(value)) for (const each of value) visit(each, above);
    if (!isNode(value)) return;
    if (isShown(value, above)) {
      const line = source.slice(0, value.start).split("\n").length;
      found.push(`${relative(SRC, file)}:${line} ${partsOf(value).join("…").trim()}`);
    }
    for (const child of Object.values(value)) if (typeof child === "object") visit(child, [...above, value]);
  };
  visit(parseSync(file, source).program, []);
  return found;
}

it("no text that a person reads is written beside the code that shows it", () => {
  const files = readdirSync(SRC, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file) && !/\.test\.tsx?$/.test(file))
    .filter((file) => !/^(text|__generated__|ui\/testing)\//.test(file));
  expect(files.length).toBeGreaterThan(100);
  expect(files.flatMap((file) => shownTexts(join(SRC, file)))).toEqual([]);
});
