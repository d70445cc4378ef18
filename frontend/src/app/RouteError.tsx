import { X } from "lucide-react";
import { useLocation, useNavigate, useRouteError } from "react-router";
import { useShortcuts } from "../lib/shortcuts";
import { withoutSelection, withSearch } from "../lib/urlState";
import { common } from "../text/common";
import { errorsText } from "../text/errors";
import { shell } from "../text/shell";
import { ButtonLink, IconButton } from "../ui/Button";
import { ErrorState } from "../ui/ErrorState";

/** Given by the router when a page breaks; by `whole` in `routes` when its files do not come. */
type Failure = { error?: unknown };

export function RouteError({ error }: Failure) {
  const broken = useRouteError();
  return (
    <div className="flex grow flex-col items-center bg-surface">
      <ErrorState error={error ?? broken} onRetry={() => window.location.reload()} />
      <ButtonLink href="/projects">{shell.notFound.home}</ButtonLink>
    </div>
  );
}

/** Where the drawer would be: the list behind it goes on, with what was typed there. */
export function DrawerError({ error }: Failure) {
  const broken = useRouteError();
  const { pathname, search } = useLocation();
  const navigate = useNavigate();
  // The last part of the address is what is open.
  const list = pathname.slice(0, pathname.lastIndexOf("/"));
  const close = () => void navigate(withSearch(list, withoutSelection(new URLSearchParams(search))));
  useShortcuts([{ keys: "esc", label: common.close, group: shell.keys.anywhere, run: close }]);
  return (
    <section
      aria-label={errorsText.notOpened}
      className="absolute inset-y-0 right-0 z-30 w-1/2 overflow-auto bg-surface shadow-drawer max-stack:w-full"
    >
      <div className="flex h-10 items-center justify-end border-b border-line px-2">
        <IconButton label={common.close} shortcut="esc" icon={<X size={15} />} onPress={close} />
      </div>
      <ErrorState error={error ?? broken} onRetry={() => window.location.reload()} />
    </section>
  );
}
