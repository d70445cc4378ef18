import { annotationColumnsText } from "../../../text/annotationColumns";
import type { Column } from "../../../ui/table/columns";
import { AnnotationCell, AnnotationsCell, type Accessor } from "./AnnotationCell";
import { summarize, summaryText, type RowAnnotation } from "./summary";

const PREFIX = "annotation:";
const EVERYBODY: ReadonlySet<string> = new Set();

/** A column of all annotations, and one for every name; the names' are hidden until chosen. */
export function annotationColumns<Row>(
  names: readonly string[],
  accessor: Accessor,
  annotationsOf: (row: Row) => readonly RowAnnotation[],
  { canSort }: { canSort: boolean },
): Column<Row>[] {
  const text = (row: Row, name?: string) =>
    summarize(annotationsOf(row), EVERYBODY)
      .filter((summary) => name === undefined || summary.name === name)
      .map((summary) => (name === undefined ? `${summary.name} ${summaryText(summary)}` : summaryText(summary)))
      .join(", ");
  return [
    {
      id: "annotations",
      title: annotationColumnsText.title,
      hint: annotationColumnsText.hint,
      width: 160,
      minWidth: 90,
      grow: 0.5,
      shown: names.length > 0,
      text: (row) => text(row),
      cell: (row) => <AnnotationsCell annotations={annotationsOf(row)} accessor={accessor} />,
    },
    ...names.map((name): Column<Row> => ({
      id: PREFIX + name,
      title: name,
      hint: annotationColumnsText.columnHint(name),
      width: 100,
      minWidth: 70,
      align: "end",
      shown: false,
      canSort,
      text: (row) => text(row, name),
      cell: (row) => <AnnotationCell annotations={annotationsOf(row)} accessor={accessor} name={name} />,
    })),
  ];
}

/** The name of the annotations that a column shows; `null` for other columns. */
export function annotationOf(column: string): string | null {
  return column.startsWith(PREFIX) ? column.slice(PREFIX.length) : null;
}
