import { useEffect, useEffectEvent, useState } from "react";
import { fetchQuery, graphql, useRelayEnvironment } from "react-relay/hooks";
import type { useFilterCheckQuery } from "../../__generated__/useFilterCheckQuery.graphql";
import { messageOf } from "../../lib/apiError";
import { readMistake, type Mistake } from "./model/mistake";
import { ROOTS_ONLY } from "./useProjectFilter";
import type { Grain } from "./model/vocabulary";

const SETTLE_MS = 200;

export type Verdict =
  | { state: "valid"; warnings: readonly string[] }
  | { state: "wrong"; mistake: Mistake }
  | { state: "unchecked"; reason: string };

/** What the server says about a condition once it has stood still; `onValid` hears of one that can be applied. */
export function useFilterCheck(
  project: string,
  grain: Grain,
  text: string,
  applied: string,
  onValid: (condition: string) => void,
): { verdict: Verdict | null; checkNow: () => void } {
  const environment = useRelayEnvironment();
  const [checked, setChecked] = useState<{ text: string; verdict: Verdict } | null>(null);
  const [hurried, setHurried] = useState({ text: "", attempt: 0 });
  const condition = text.trim();

  const settle = useEffectEvent((verdict: Verdict) => {
    setChecked({ text: condition, verdict });
    if (verdict.state === "valid" && condition !== applied) onValid(condition);
  });
  const ask = useEffectEvent(() =>
    fetchQuery<useFilterCheckQuery>(
      environment,
      graphql`
        query useFilterCheckQuery(
          $id: ID!
          $condition: String!
          $isSpan: Boolean!
          $isTrace: Boolean!
          $isSession: Boolean!
        ) {
          node(id: $id) {
            ... on Project {
              span: validateSpanFilterCondition(condition: $condition) @include(if: $isSpan) {
                isValid
                errorMessage
                warnings
              }
              trace: validateTraceFilterCondition(condition: $condition) @include(if: $isTrace) {
                isValid
                errorMessage
                warnings
              }
              session: validateSessionFilterCondition(condition: $condition) @include(if: $isSession) {
                isValid
                errorMessage
                warnings
              }
            }
          }
        }
      `,
      {
        id: project,
        condition: text,
        isSpan: grain === "span",
        isTrace: grain === "trace",
        isSession: grain === "session",
      },
      { fetchPolicy: "network-only" },
    ).subscribe({
      next: ({ node }) => {
        const result = node[grain];
        if (!result) return;
        settle(
          result.isValid
            ? { state: "valid", warnings: result.warnings }
            : { state: "wrong", mistake: readMistake(text, result.errorMessage ?? "") },
        );
      },
      error: (error: Error) => settle({ state: "unchecked", reason: messageOf(error) }),
    }),
  );

  // What the list of spans begins with is known to be right.
  const isInQuestion = condition !== "" && !(condition === ROOTS_ONLY && applied === ROOTS_ONLY);
  const isHurried = hurried.text === text;
  useEffect(() => {
    if (!isInQuestion) return;
    let subscription: { unsubscribe: () => void } | null = null;
    const timer = setTimeout(() => (subscription = ask()), isHurried ? 0 : SETTLE_MS);
    return () => {
      clearTimeout(timer);
      subscription?.unsubscribe();
    };
    // oxlint-disable-next-line react/exhaustive-effect-dependencies -- asking again is a reason, too
  }, [condition, isInQuestion, isHurried, hurried.attempt]);

  return {
    verdict: condition !== "" && checked?.text === condition ? checked.verdict : null,
    checkNow: () => setHurried(({ attempt }) => ({ text, attempt: attempt + 1 })),
  };
}
