import { annotationColumnsText } from "../../../text/annotationColumns";
import type { Column } from "../../../ui/table/columns";
import { annotationColumn } from "./annotationOf";
import { AnnotationCell, AnnotationsCell, NotesCell, type Accessor } from "./AnnotationCell";
import { countNotes, summarize, summaryText, type RowAnnotation } from "./summary";

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
    {
      id: "notes",
      title: annotationColumnsText.notes,
      hint: annotationColumnsText.notesHint,
      width: 64,
      minWidth: 56,
      align: "end",
      shown: false,
      text: (row) => countNotes(annotationsOf(row)),
      cell: (row) => <NotesCell count={countNotes(annotationsOf(row))} />,
    },
    ...names.map((name): Column<Row> => ({
      id: annotationColumn(name),
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
