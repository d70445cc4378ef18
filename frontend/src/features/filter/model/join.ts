/** Both conditions hold. */
export function joined(condition: string, part: string): string {
  if (condition.trim() === "") return part;
  return `${bindsLoosely(condition) ? `(${condition})` : condition} and ${bindsLoosely(part) ? `(${part})` : part}`;
}

/** Whether `and` would bind more closely than what the condition already says. */
function bindsLoosely(condition: string): boolean {
  return !isCall(condition) && /\b(or|if|for)\b/.test(condition);
}

/** `any(… for … in …)` alone: what is inside does not reach out. */
function isCall(condition: string): boolean {
  return /^\w+\([^()]*\)$/.test(condition.trim());
}

/** A text as conditions write it. */
export function quoted(text: string): string {
  return `'${text
    .replaceAll("\\", "\\\\")
    .replaceAll("'", String.raw`\'`)
    .replaceAll("\n", String.raw`\n`)}'`;
}
