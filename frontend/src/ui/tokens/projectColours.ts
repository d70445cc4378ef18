/** Pairs of colours to tell projects apart, as the server stores them. */
export const projectColours: readonly (readonly [string, string])[] = [
  ["#5b8def", "#8a63d2"],
  ["#38bdf8", "#2563eb"],
  ["#2dd4bf", "#0e7490"],
  ["#4ade80", "#15803d"],
  ["#bef264", "#4d7c0f"],
  ["#fcd34d", "#d97706"],
  ["#fdba74", "#ea580c"],
  ["#fca5a5", "#dc2626"],
  ["#fda4af", "#be123c"],
  ["#f9a8d4", "#be185d"],
  ["#c4b5fd", "#7c3aed"],
  ["#a5b4fc", "#4338ca"],
];
