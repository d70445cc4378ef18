import type { ReactNode } from "react";
import { config } from "../../lib/config";
import { Brand } from "../../ui/Brand";
import { access } from "../../text/access";
import { shell } from "../../text/shell";

/** A card in the middle of the window: one thing to do. */
export function AccessPage({
  pageTitle,
  title,
  note,
  children,
}: {
  pageTitle: string;
  title: string;
  note?: string | undefined;
  children: ReactNode;
}) {
  return (
    <main className="flex h-full flex-col items-center overflow-auto px-4 pt-[14vh] pb-8">
      <title>{pageTitle}</title>
      <div className="flex w-full max-w-90 flex-col gap-5">
        <div className="flex items-center justify-center gap-2.5">
          <Brand size={22} />
          <span className="text-page font-semibold">{shell.product}</span>
        </div>
        <section className="flex flex-col gap-4 rounded-surface border border-line bg-surface p-5">
          <header className="flex flex-col gap-1">
            <h1 className="text-section font-semibold">{title}</h1>
            {note && <p className="text-meta text-ink-2">{note}</p>}
          </header>
          {children}
        </section>
        {config.supportEmail && (
          <p className="text-center text-meta text-ink-3">
            {access.logIn.support}{" "}
            <a href={`mailto:${config.supportEmail}`} className="text-ink-2 underline hover:text-ink">
              {config.supportEmail}
            </a>
          </p>
        )}
      </div>
    </main>
  );
}
