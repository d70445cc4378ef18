export type TokenKind = "name" | "keyword" | "string" | "number" | "operator" | "bracket" | "comment" | "other";

export type Token = { kind: TokenKind; text: string; start: number; end: number };

const KEYWORDS = new Set(["and", "or", "not", "in", "is", "for", "if", "None", "True", "False"]);

const PATTERN =
  /(?<space>\s+)|(?<comment>#.*)|(?<string>'(?:\\.|[^'\\])*'?|"(?:\\.|[^"\\])*"?)|(?<number>\d+(?:\.\d*)?(?:[eE][+-]?\d+)?)|(?<name>[A-Za-z_]\w*)|(?<operator>[=!<>]=|[<>=]|[+\-*/%])|(?<bracket>[()[\]])|(?<other>.)/gsu;

/** The parts of a condition, without the spaces. Whatever is typed, the parts cover it. */
export function tokenize(text: string): Token[] {
  return [...text.matchAll(PATTERN)].flatMap(({ 0: part, index, groups = {} }): Token[] => {
    const kind = (Object.keys(groups) as (TokenKind | "space")[]).find((name) => groups[name] !== undefined);
    if (kind === undefined || kind === "space") return [];
    const known = kind === "name" && KEYWORDS.has(part) ? "keyword" : kind;
    return [{ kind: known, text: part, start: index, end: index + part.length }];
  });
}

/** Whether a text that begins with a quote also ends with it. */
export function isClosed(token: Token): boolean {
  const quote = token.text[0];
  return token.text.length > 1 && token.text.endsWith(quote ?? "") && !/(?<!\\)(?:\\\\)*\\.$/su.test(token.text);
}

const PAIRS: Record<string, string> = { "(": ")", "[": "]" };

/** Where the bracket beside the caret and its partner are. */
export function matchingBrackets(tokens: readonly Token[], caret: number): readonly number[] {
  const open: Token[] = [];
  for (const token of tokens) {
    if (token.kind !== "bracket") continue;
    if (PAIRS[token.text]) {
      open.push(token);
      continue;
    }
    const partner = open.pop();
    if (!partner || PAIRS[partner.text] !== token.text) return [];
    const isNear = ({ start, end }: Token) => start === caret || end === caret;
    if (isNear(partner) || isNear(token)) return [partner.start, token.start];
  }
  return [];
}
