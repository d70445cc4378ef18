// The table that is printed.
let beyond = 0;

export function begin() {
  console.log("| figure | measured | limit | |\n|---|---:|---:|---|");
}

/** `limit` null: worth knowing, promised to nobody. */
export function print(figure, value, limit, unit, { isLeast = false } = {}) {
  const isGood = limit === null || (isLeast ? value >= limit : value <= limit);
  if (!isGood) beyond++;
  const allowed = limit === null ? "" : `${isLeast ? "≥" : "≤"} ${limit} ${unit}`;
  console.log(
    `| ${figure} | ${Number.isInteger(value) ? value : value.toFixed(1)} ${unit} | ${allowed} | ${isGood ? "" : "beyond"} |`,
  );
}

/** A figure that could not be had counts as one that is beyond. */
export function missed(figure, why) {
  beyond++;
  console.log(`| ${figure} | ${why} | | beyond |`);
}

/** Whether all figures are within their limits. */
export function end() {
  console.log(beyond === 0 ? "all within their limits" : `${beyond} beyond their limits`);
  return beyond === 0;
}
