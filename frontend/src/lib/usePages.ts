import { startTransition, useEffect, useRef, useState } from "react";
import { fetchQuery, useFragment, useRelayEnvironment } from "react-relay/hooks";
import type { KeyType, KeyTypeData } from "react-relay/ReactRelayTypes";
import {
  createOperationDescriptor,
  getFragment,
  getRequest,
  getSingularSelector,
  type Disposable,
  type GraphQLTaggedNode,
  type Variables,
} from "relay-runtime";

/** A part of a list, and where the next one begins. */
export type Page<Row> = { rows: readonly Row[]; cursor: string | null; hasNext: boolean };

type RowOf<P> = P extends Page<infer Row> ? Row : never;

export type Pages<P extends Page<unknown>> = {
  rows: readonly RowOf<P>[];
  /** The newest of the pages. */
  last: P;
  /** `null` while it is asked, when there is none, and after it has failed. */
  loadNext: (() => void) | null;
  /** Why the next page is not there. */
  failure: Error | null;
  retry: () => void;
};

export type PageSource<Data, Key extends KeyType, P> = {
  /** Takes `$after`. */
  query: GraphQLTaggedNode;
  /** What of its answer is the page: a fragment, so that only what is in the page concerns it. */
  page: GraphQLTaggedNode;
  keyOf: (answer: Data) => Key | null;
  read: (page: KeyTypeData<Key> | null) => P;
};

type Asked = { key: string; isLoading: boolean; failure: Error | null };

/**
 * A list of which every page is an answer of its own. Read as one connection, a page more costs as much as all that are
 * there; so it costs the same whether it is the second or the two hundredth. When the first page ends elsewhere than
 * before, the others are forgotten.
 */
export function usePages<Data, Key extends KeyType, P extends Page<{ readonly id: string }>>(
  { query, page, keyOf, read }: PageSource<Data, Key, P>,
  { data, variables }: { data: Data; variables: Variables },
): Pages<P> {
  const environment = useRelayEnvironment();
  const first = read(useFragment(page, keyOf(data)));
  const key = `${JSON.stringify(variables)} ${first.cursor}`;
  const [more, setMore] = useState<{ key: string; pages: readonly P[] }>({ key, pages: [] });
  const [asked, setAsked] = useState<Asked>({ key, isLoading: false, failure: null });
  /** What has to end with the list it belongs to. */
  const held = useRef(new Map<string, Disposable[]>());
  useEffect(() => {
    const all = held.current;
    return () => {
      for (const each of all.get(key) ?? []) each.dispose();
      all.delete(key);
    };
  }, [key]);
  const hold = (...them: Disposable[]) => held.current.set(key, [...(held.current.get(key) ?? []), ...them]);

  const pages = more.key === key ? [first, ...more.pages] : [first];
  const last = pages.at(-1) ?? first;
  const isLoading = asked.key === key && asked.isLoading;
  const failure = asked.key === key ? asked.failure : null;

  const ask = () => {
    const question = { ...variables, after: last.cursor };
    const operation = createOperationDescriptor(getRequest(query), question);
    const index = pages.length - 1;
    const put = (next: P) =>
      setMore((before) => ({ key, pages: before.key === key ? placed(before.pages, index, next) : [next] }));
    setAsked({ key, isLoading: true, failure: null });
    // Before it is asked: what nobody holds is collected, and looking for that takes as long as there are rows.
    hold(environment.retain(operation));
    const subscription = fetchQuery(environment, query, question, { fetchPolicy: "network-only" }).subscribe({
      complete: () => {
        const found = keyOf(environment.lookup(operation.fragment).data as Data);
        const selector = getSingularSelector(getFragment(page), found);
        const answer = selector && environment.lookup(selector);
        if (answer) hold(environment.subscribe(answer, (update) => put(read(update.data as KeyTypeData<Key>))));
        startTransition(() => {
          put(read((answer?.data ?? null) as KeyTypeData<Key> | null));
          setAsked({ key, isLoading: false, failure: null });
        });
      },
      error: (error: Error) => setAsked({ key, isLoading: false, failure: error }),
    });
    hold({ dispose: () => subscription.unsubscribe() });
  };

  return {
    rows: joined(pages),
    last,
    loadNext: last.hasNext && !isLoading && !failure ? ask : null,
    failure,
    retry: ask,
  };
}

function placed<P>(pages: readonly P[], index: number, page: P): readonly P[] {
  return index < pages.length ? pages.with(index, page) : [...pages, page];
}

/** What has moved from one page to the next between the two questions is listed once. */
function joined<P extends Page<{ readonly id: string }>>(pages: readonly P[]): readonly RowOf<P>[] {
  const seen = new Set<string>();
  return pages.flatMap(({ rows }) =>
    rows.filter(({ id }) => {
      if (seen.has(id)) return false;
      seen.add(id);
      return true;
    }),
  ) as RowOf<P>[];
}
