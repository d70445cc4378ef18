/**
 * Formats of dates are dear to make and cheap to use: a table that made one for each cell could not be scrolled. One is
 * kept for each zone that was asked for.
 */
export function dateFormat(
  options: Intl.DateTimeFormatOptions,
  locale?: string,
): (time: Date | number, zone: string) => string {
  const byZone = new Map<string, Intl.DateTimeFormat>();
  return (time, zone) => {
    let format = byZone.get(zone);
    if (!format) {
      format = new Intl.DateTimeFormat(locale, { ...options, timeZone: zone });
      byZone.set(zone, format);
    }
    return format.format(time);
  };
}
