export const traceText = {
  criticalPath: "Critical path: what the end of the trace waited for",
  collapseByKind: "Collapse by kind",
  collapseKind: (kind: string, count: number) => `Collapse ${kind} (${count})`,
  inside: "Found in its texts and attributes",
  searching: "Searching texts and attributes",
  searchFailed: "The texts could not be searched; these are the names.",
  searchLarge: "These are the names. Enter searches the texts of all spans, too.",
  searchCapped: (count: number) => `Of the texts, the first ${count} spans that match.`,
};
