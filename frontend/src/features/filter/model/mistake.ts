import { tokenize } from "./tokens";
import type { Term } from "./vocabulary";

/** What is wrong with a condition, as far as its message tells where, and what to write instead. */
export type Mistake = {
  message: string;
  /** The part to mark. */
  range: { start: number; end: number } | null;
  /** The condition with the name the server thinks was meant. */
  remedy: { name: string; text: string } | null;
};

export function readMistake(condition: string, message: string): Mistake {
  // The server reads the condition without the spaces around it.
  const indent = condition.length - condition.trimStart().length;
  const [, place, rule = message] = /^character (\d+): (.*)$/s.exec(message) ?? [];
  const start = place === undefined ? null : Math.min(condition.length, indent + Number(place) - 1);
  const name = /did you mean ([^\s?]+)\?/.exec(message)?.[1];
  return {
    message: place === undefined ? message : rule,
    range: start === null ? null : { start, end: endOf(condition, start) },
    remedy: name === undefined || start === null ? null : mend(condition, start, name),
  };
}

/** A name that may be an attribute, but looks like a known one that was mistyped. */
export type Doubt = { name: string; remedy: { name: string; text: string } };

const TYPED_WRONG = 2;

export function suspect(condition: string, terms: readonly Term[]): Doubt | null {
  const known = terms.filter(({ iterableName }) => !iterableName).flatMap(({ name, insertText }) => [name, insertText]);
  if (known.length === 0) return null;
  for (const { 0: name, index } of condition.matchAll(/(?<![\w.'"[])[A-Za-z_][\w.]{3,}/g)) {
    const token = tokenize(condition).find(({ start }) => start === index);
    if (token?.kind !== "name" || known.some((each) => each === name || each.startsWith(`${name}[`))) continue;
    const [best] = known
      .map((each) => ({ each, far: distance(name, each) }))
      .filter(({ far }) => far <= TYPED_WRONG)
      .sort((a, b) => a.far - b.far);
    if (!best) continue;
    const text = condition.slice(0, index) + best.each + condition.slice(index + name.length);
    return { name, remedy: { name: best.each, text } };
  }
  return null;
}

function endOf(condition: string, start: number): number {
  const token = tokenize(condition).find((each) => each.start <= start && each.end > start);
  return token?.end ?? Math.max(start + 1, condition.length);
}

/** The name behind the place that looks most like the one that was meant is replaced. */
function mend(condition: string, start: number, name: string): Mistake["remedy"] {
  const path = /^[A-Za-z_][\w.]*/.exec(condition.slice(start))?.[0];
  if (path && name.includes(".")) {
    return { name, text: condition.slice(0, start) + name + condition.slice(start + path.length) };
  }
  const candidates = tokenize(condition).filter((token) => token.kind === "name" && token.start >= start);
  const wrong = candidates
    .map((token) => ({ token, distance: distance(token.text, name) }))
    .sort((a, b) => a.distance - b.distance)[0];
  if (!wrong || wrong.distance > Math.max(3, name.length / 2)) return null;
  const { token } = wrong;
  return { name, text: condition.slice(0, token.start) + name + condition.slice(token.end) };
}

function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const next = [i];
    for (let j = 1; j <= b.length; j++) {
      next[j] = Math.min(
        (next[j - 1] ?? 0) + 1,
        (row[j] ?? 0) + 1,
        (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1),
      );
    }
    row = next;
  }
  return row[b.length] ?? 0;
}
