import { cx } from "../../lib/cx";
import { skeletonWidth } from "../Skeleton";
import type { PlacedColumn } from "./columns";

const ROWS = 40;

/** Rows that have not arrived, in the place and height they will have. The grid says that it is busy. */
export function SkeletonRows<Row>({ columns, rowHeight }: { columns: PlacedColumn<Row>[] | null; rowHeight: number }) {
  const cells = columns ?? [{ id: "first" }, { id: "second" }];
  return (
    <div aria-hidden className="overflow-hidden">
      {Array.from({ length: ROWS }, (_, row) => (
        <div
          key={row}
          className={cx("items-center border-b border-line/60", columns ? "grid" : "flex gap-3 px-3")}
          style={{ height: rowHeight, ...(columns ? { gridTemplateColumns: "var(--columns)" } : {}) }}
        >
          {cells.map((column, index) => (
            <div key={column.id} className={cx("flex grow px-2", "align" in column && column.align && "justify-end")}>
              <span className="skeleton block h-2.5" style={{ width: skeletonWidth(row, index) }} />
            </div>
          ))}
        </div>
      ))}
    </div>
  );
}
