export const traceText = {
  criticalPath: "Critical path: what the end of the trace waited for",
  collapseByKind: "Collapse by kind",
  collapseKind: (kind: string, count: number) => `Collapse ${kind} (${count})`,
};
