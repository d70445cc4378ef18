const PREFIX = "annotation:";

export function annotationColumn(name: string): string {
  return PREFIX + name;
}

/** The name of the annotations that a column shows; `null` for other columns. */
export function annotationOf(column: string): string | null {
  return column.startsWith(PREFIX) ? column.slice(PREFIX.length) : null;
}
