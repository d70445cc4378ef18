/** What the tables say about annotations. */
export const annotationColumnsText = {
  title: "Annotations",
  hint: "What people, models and programs said, by name",
  columnHint: (name: string) => `Mean score or labels of the annotations ${name}`,
  kinds: { HUMAN: "Human", LLM: "LLM", CODE: "Code" } as Record<string, string>,
  filter: "Annotated by",
  filterSome: (names: string) => `Annotated by: ${names}`,
  list: (name: string) => `Annotations ${name}`,
  mean: "Mean",
  count: (count: number) => `${count === 1 ? "1 annotation" : `${count} annotations`}`,
  onlyRowsWith: "Only rows with",
  labelIs: (label: string) => `label '${label}'`,
  scoreIs: (comparison: string, score: string) => `score ${comparison} ${score}`,
};
