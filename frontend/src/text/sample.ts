/** Contents for the gallery: what spans are made of, and what the page says about each size of type. */
export const sample = {
  page: "A page's title",
  section: "A section's title",
  body: "What a person reads: the answer of a model, the reason of a failure, the next step.",
  meta: "Beside it: when, how long, how much.",
  label: "Above it: what it is called.",
  code: "llm.token_count.prompt",
  verb: "Send",
  time: "2026-11-20T08:30:00.123456+00:00",
  program: 'const answer = await model.chat("What is the capital of France?"); // 842 ms\nif (!answer) throw 42;',
  long: Array.from({ length: 40 }, (_, line) => `Line ${line + 1} of a long message.`).join("\n"),
  markdown:
    "# Refund\n\nYou get **49.90 €** back:\n\n| step | days |\n|---|---|\n| approval | 1 |\n\n- `card`\n- transfer",
  json: { order: 4711, item: "Desk lamp", tags: ["damaged", "refund"], price: { value: 49.9, currency: "EUR" } },
  rightToLeft: "مرحبا، أين طلبي؟ 🙂 Where is my order?",
};
