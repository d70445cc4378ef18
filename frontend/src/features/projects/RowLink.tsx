import { createContext, use, type MouseEvent, type ReactNode } from "react";
import { useHref, useNavigate, useParams, useSearchParams } from "react-router";
import { tracePath, withoutSelection } from "../../lib/urlState";
import { useProject } from "./ProjectContext";

type Address = {
  /** Of a row's trace, with the span selected in it if there is one. */
  of: (traceId: string, spanId?: string) => string;
  open: (path: string) => void;
  /** What the server's root path makes of it. */
  href: (path: string) => string;
};

const AddressContext = createContext<Address | null>(null);

/** Where the rows of a table lead. Found out once for all of them: rows come and go with every frame of scrolling. */
export function RowAddress({ tab, children }: { tab: "spans" | "traces"; children: ReactNode }) {
  const { id } = useProject();
  const { traceId: openTrace } = useParams();
  const [params] = useSearchParams();
  const navigate = useNavigate();
  const root = useHref("/").replace(/\/$/, "");
  const kept = withoutSelection(params).toString();
  const of = (traceId: string, spanId?: string) => {
    const search = [kept, spanId && `selectedSpanNodeId=${encodeURIComponent(spanId)}`].filter(Boolean).join("&");
    return tracePath(id, tab, traceId) + (search ? `?${search}` : "");
  };
  const open = (path: string) => void navigate(path, { replace: openTrace !== undefined });
  return <AddressContext value={{ of, open, href: (path) => root + path }}>{children}</AddressContext>;
}

/** The name of a row; a modified click belongs to the browser. */
export function RowLink({ traceId, spanId, children }: { traceId: string; spanId?: string; children: string }) {
  const address = use(AddressContext);
  if (!address) throw new Error("Only rows of a table that knows their addresses have links.");
  const path = address.of(traceId, spanId);
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return;
    event.preventDefault();
    address.open(path);
  };
  return (
    <a
      href={address.href(path)}
      onClick={follow}
      tabIndex={-1}
      dir="auto"
      title={children}
      className="truncate text-body font-medium hover:underline"
    >
      {children}
    </a>
  );
}
