import { ChevronRight, Copy, Ellipsis } from "lucide-react";
import { Fragment, type ReactNode } from "react";
import { Link } from "react-router";
import { shell } from "../../text/shell";
import { copyText } from "../../lib/copyText";
import { IconButton } from "../../ui/Button";
import { Menu, MenuItem } from "../../ui/Menu";
import { InSlot } from "./slots";

export type Crumb = { title: string; href?: string; copy?: { label: string; text: string }[] };

/** Names the page: breadcrumb, browser title, and the controls at the right of the top bar. */
export function PageHead({ crumbs, actions }: { crumbs: Crumb[]; actions?: ReactNode }) {
  const title = [...crumbs.map((crumb) => crumb.title).toReversed(), shell.product].join(" - ");
  return (
    <>
      <title>{title}</title>
      <InSlot name="breadcrumb">
        <ol className="flex min-w-0 items-center gap-1">
          {crumbs.map((crumb, index) => (
            <Fragment key={index}>
              {index > 0 && <ChevronRight size={13} className="shrink-0 text-ink-3" aria-hidden />}
              <li className="flex min-w-0 items-center">
                {crumb.href ? (
                  <Link to={crumb.href} className="truncate rounded-control px-1 text-ink-2 hover:text-ink">
                    {crumb.title}
                  </Link>
                ) : (
                  <h1 aria-current="page" className="truncate px-1 font-medium">
                    {crumb.title}
                  </h1>
                )}
                {crumb.copy && <CopyMenu items={crumb.copy} />}
              </li>
            </Fragment>
          ))}
        </ol>
      </InSlot>
      {actions && <InSlot name="actions">{actions}</InSlot>}
    </>
  );
}

function CopyMenu({ items }: { items: { label: string; text: string }[] }) {
  return (
    <Menu
      label={shell.copy}
      placement="bottom start"
      trigger={<IconButton label={shell.copyNameOrId} size="small" icon={<Ellipsis size={14} />} />}
    >
      {items.map(({ label, text }) => (
        <MenuItem key={label} icon={<Copy size={14} />} onAction={() => void copyText(text)}>
          {label}
        </MenuItem>
      ))}
    </Menu>
  );
}
