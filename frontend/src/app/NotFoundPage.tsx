import { FileQuestion } from "lucide-react";
import { useLocation } from "react-router";
import { PageHead } from "./shell/PageHead";
import { shell } from "../text/shell";
import { ButtonLink } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";

export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <NotFound title={shell.notFound.page}>
      {shell.notFound.nothingAt} <code className="text-code break-all">{pathname}</code>
    </NotFound>
  );
}

/** Typed: says which thing is not there. */
export function NotFound({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <div className="grow bg-surface">
      <PageHead crumbs={[{ title: shell.notFound.crumb }]} />
      <EmptyState
        icon={<FileQuestion size={28} strokeWidth={1.5} />}
        title={title}
        actions={<ButtonLink href="/projects">{shell.notFound.home}</ButtonLink>}
      >
        {children}
      </EmptyState>
    </div>
  );
}
