/** A trace read as a conversation. */
export const conversationText = {
  title: "Conversation",
  tree: "Tree",
  view: "Trace as",
  none: "There is no conversation in this trace",
  noneNote:
    "A conversation is made of spans of the kinds LLM and tool. This trace has none; its spans are in the tree.",
  more: "Show what follows",
  call: (index: number) => `Call ${index}`,
  tool: "Tool",
  noAnswer: "The sender recorded no answer.",
  failed: "It failed before there was an answer.",
  nothingNew: "The same messages again",
  select: (name: string) => `Show the span ${name}`,
  tokens: "tok",
  arguments: "Arguments",
  result: "Result",
  noResult: "The sender recorded no result.",
};
