import { derivationText as words } from "../../../text/derivation";

type Missing = {
  readonly path: string;
  readonly reason: "NOT_SENT" | "SWITCHED_OFF" | "UNREADABLE";
  readonly source: string | null | undefined;
  readonly advice: string | null | undefined;
};

/** How the server read a span: what it recognised, what it took from where, and why things are not there. */
export type Derivation = {
  readonly dialects: readonly { readonly id: string; readonly title: string }[];
  readonly fields: readonly { readonly path: string; readonly dialect: string; readonly source: string }[];
  readonly missing: readonly Missing[];
  readonly masked: readonly string[];
};

/** One sentence, and what to do about it where something helps. */
export function whyMissing(missing: Missing): string {
  const why = {
    NOT_SENT: words.notSent,
    SWITCHED_OFF: words.switchedOff,
    UNREADABLE: words.unreadable(missing.source ?? missing.path),
  }[missing.reason];
  return missing.advice ? `${why} ${words.advice(missing.advice)}` : why;
}

/** Why a field, or anything below it, is blank; `null` where nothing is known. */
export function whyBlank(derivation: Derivation, path: string): string | null {
  const missing = derivation.missing.find((field) => isWithin(field.path, path));
  return missing ? whyMissing(missing) : null;
}

/** Where the value of an attribute was read from, if it was not sent under this name. */
export function sourceOf(derivation: Derivation, path: string): { source: string; dialect: string } | null {
  const field = derivation.fields.find((candidate) => isWithin(path, candidate.path));
  if (!field) return null;
  const dialect = derivation.dialects.find(({ id }) => id === field.dialect)?.title ?? field.dialect;
  return { source: field.source, dialect };
}

export function isMasked(derivation: Derivation, path: string): boolean {
  return derivation.masked.some((masked) => isWithin(path, masked));
}

/** `llm.token_count.prompt` is within `llm.token_count`, not within `llm.token`. */
function isWithin(path: string, whole: string): boolean {
  return path === whole || path.startsWith(`${whole}.`);
}
