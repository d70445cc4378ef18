import type { ReactNode } from "react";
import { Tooltip as AriaTooltip, Focusable, TooltipTrigger } from "react-aria-components";

type Placement = "top" | "bottom" | "left" | "right";

const bubble =
  "max-w-90 rounded-control bg-raised px-2 py-1 text-meta text-ink shadow-overlay transition-opacity entering:opacity-0 exiting:opacity-0";

/** For a control that names itself elsewhere; the content may repeat the name and add the key. */
export function Tooltip({
  content,
  children,
  placement = "bottom",
  delay = 500,
}: {
  content: ReactNode;
  children: ReactNode;
  placement?: Placement;
  delay?: number;
}) {
  return (
    <TooltipTrigger delay={delay} closeDelay={0}>
      {children}
      <AriaTooltip placement={placement} offset={6} className={bubble}>
        {content}
      </AriaTooltip>
    </TooltipTrigger>
  );
}

/** For a figure or an abbreviation: reachable with Tab, explained on focus and hover. */
export function Explained({
  content,
  children,
  placement = "bottom",
}: {
  content: ReactNode;
  children: ReactNode;
  placement?: Placement;
}) {
  return (
    <TooltipTrigger delay={400} closeDelay={0}>
      <Focusable>
        <span role="button" tabIndex={0} className="cursor-default rounded-control">
          {children}
        </span>
      </Focusable>
      <AriaTooltip placement={placement} offset={6} className={bubble}>
        {content}
      </AriaTooltip>
    </TooltipTrigger>
  );
}
