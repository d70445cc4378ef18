import { Suspense } from "react";
import { Navigate, NavLink, Outlet, useLocation } from "react-router";
import { PageHead } from "../../app/shell/PageHead";
import { useViewer } from "../../lib/viewer";
import { profile } from "../../text/profile";
import { ErrorBoundary } from "../../ui/ErrorBoundary";
import { tabLinkClass, TabLinks } from "../../ui/Tabs";

const pages = [
  { path: "account", title: profile.pages.account, needsViewer: true },
  { path: "api-keys", title: profile.pages.apiKeys, needsViewer: true },
  { path: "preferences", title: profile.pages.preferences, needsViewer: false },
];

/** One's own account, keys and preferences. Where nobody logs in there are only preferences. */
export function ProfilePage() {
  const viewer = useViewer();
  const { pathname } = useLocation();
  const shown = pages.filter(({ needsViewer }) => !needsViewer || viewer !== null);
  const current = pathname.split("/")[2] ?? "";
  const page = shown.find(({ path }) => path === current);
  if (!page) return <Navigate to={`/profile/${shown[0]?.path ?? "preferences"}`} replace />;
  return (
    <>
      <PageHead crumbs={[{ title: profile.title, href: "/profile" }, { title: page.title }]} />
      <div className="flex h-9 shrink-0 border-b border-line pl-1.5">
        <TabLinks label={profile.title}>
          {shown.map(({ path, title }) => (
            <NavLink key={path} to={`/profile/${path}`} className={({ isActive }) => tabLinkClass(isActive)}>
              {title}
            </NavLink>
          ))}
        </TabLinks>
      </div>
      <div className="min-h-0 grow overflow-auto">
        <div className="mx-auto flex max-w-160 flex-col gap-8 px-6 py-8">
          <ErrorBoundary resetKey={current}>
            <Suspense>
              <Outlet />
            </Suspense>
          </ErrorBoundary>
        </div>
      </div>
    </>
  );
}

/** A titled group of settings. */
export function Group({
  title,
  note,
  actions,
  children,
}: {
  title: string;
  note?: string;
  actions?: React.ReactNode;
  children: React.ReactNode;
}) {
  return (
    <section className="flex flex-col gap-4">
      <header className="flex items-start justify-between gap-4">
        <div>
          <h2 className="text-section font-semibold">{title}</h2>
          {note && <p className="text-meta text-ink-3">{note}</p>}
        </div>
        {actions}
      </header>
      {children}
    </section>
  );
}
