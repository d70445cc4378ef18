export const figures = {
  endsBeforeStart: (by: string) => `No latency: it ends ${by} before it starts, because the sender's clocks differ.`,
  noPrice: (model: string | null) => (model ? `No price for the model ${model}.` : "No price is known for its models."),
  noCalls: "No call of a model.",
};
