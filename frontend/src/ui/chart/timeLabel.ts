import { displayZone } from "../../lib/zone";

const DAY = 86_400_000;

/** As exact as the length of the axis asks for. */
export function timeLabel(time: number, length: number): string {
  return new Date(time).toLocaleString("en-US", {
    timeZone: displayZone(),
    ...(length > (2 * DAY) / 24 ? { month: "short", day: "numeric" } : {}),
    ...(length <= 60 * DAY ? { hour: "2-digit", minute: "2-digit", hourCycle: "h23" } : {}),
    ...(length > 300 * DAY ? { year: "numeric" } : {}),
  });
}
