import { tokenize } from "./tokens";

/** Whether a condition chooses roots of traces only: then what is below a span belongs to its figures. */
export function selectsRootsOnly(condition: string): boolean {
  const tokens = tokenize(condition).filter(({ kind }) => kind !== "comment");
  if (tokens.some(({ text }) => text === "or" || text === "not" || text === "for")) return false;
  const clauses = tokens
    .map(({ text }) => text)
    .join(" ")
    .split(" and ");
  return clauses.some((clause) => /^[( ]*parent_(id|span) is None[) ]*$/.test(clause));
}
