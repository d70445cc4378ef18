import { FileQuestion } from "lucide-react";
import { useLocation } from "react-router";
import { PageHead } from "./shell/PageHead";
import { ButtonLink } from "../ui/Button";
import { EmptyState } from "../ui/EmptyState";

export function NotFoundPage() {
  const { pathname } = useLocation();
  return (
    <NotFound title="There is no such page">
      Nothing is at <code className="text-code break-all">{pathname}</code>.
    </NotFound>
  );
}

/** Typed: says which thing is not there. */
export function NotFound({ title, children }: { title: string; children?: React.ReactNode }) {
  return (
    <div className="grow bg-surface">
      <PageHead crumbs={[{ title: "Not found" }]} />
      <EmptyState
        icon={<FileQuestion size={28} strokeWidth={1.5} />}
        title={title}
        actions={<ButtonLink href="/projects">Return home</ButtonLink>}
      >
        {children}
      </EmptyState>
    </div>
  );
}
