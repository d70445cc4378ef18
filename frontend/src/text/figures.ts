export const figures = {
  share: (part: string, whole: string) => `${part} of ${whole}`,
  endsBeforeStart: (by: string) => `No latency: it ends ${by} before it starts, because the sender's clocks differ.`,
  noPrice: (model: string | null) =>
    model ? `No price for the model ${model}.` : "No price: no call of a model, or none whose price is known.",
};
