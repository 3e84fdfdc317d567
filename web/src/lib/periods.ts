// Periods of a timeline: 2020-09-14, 2020-W38, 2020-09, 2020-Q3 or 2020, as days of the calendar (UTC).

export type By = "day" | "week" | "month" | "quarter" | "year";
export const BYS: By[] = ["day", "week", "month", "quarter", "year"];
const DAY = 86_400_000;

export const iso = (day: Date): string => {
  const year = day.getUTCFullYear();
  return `${String(year).padStart(4, "0")}-${String(day.getUTCMonth() + 1).padStart(2, "0")}-${String(day.getUTCDate()).padStart(2, "0")}`;
};
const utc = (year: number, month = 0, day = 1): Date => {
  const out = new Date(0);
  out.setUTCFullYear(year, month, day);
  return out;
};

/** The first day of a period and the day after its last. Null where it is none. */
export function bounds(period: string): [Date, Date] | null {
  const week = /^(\d{4})-W(\d\d)$/.exec(period);
  if (week) {
    // The week with 4 January is the first one; weeks begin on Monday.
    const fourth = utc(Number(week[1]), 0, 4);
    const monday = fourth.getTime() - ((fourth.getUTCDay() + 6) % 7) * DAY + (Number(week[2]) - 1) * 7 * DAY;
    return [new Date(monday), new Date(monday + 7 * DAY)];
  }
  const quarter = /^(\d{4})-Q([1-4])$/.exec(period);
  if (quarter) {
    const [year, first] = [Number(quarter[1]), (Number(quarter[2]) - 1) * 3];
    return [utc(year, first), utc(year, first + 3)];
  }
  const plain = /^(\d{4})(?:-(\d\d)(?:-(\d\d))?)?$/.exec(period);
  if (!plain) return null;
  const [year, month, day] = [Number(plain[1]), Number(plain[2] ?? 1) - 1, Number(plain[3] ?? 1)];
  if (plain[3]) return [utc(year, month, day), utc(year, month, day + 1)];
  return plain[2] ? [utc(year, month), utc(year, month + 1)] : [utc(year), utc(year + 1)];
}

/** The period that a day lies in. */
export function periodOf(day: Date, by: By): string {
  const text = iso(day);
  if (by === "day") return text;
  if (by === "month") return text.slice(0, 7);
  if (by === "quarter") return `${text.slice(0, 4)}-Q${Math.floor(day.getUTCMonth() / 3) + 1}`;
  if (by === "year") return text.slice(0, 4);
  // The year of a week is that of its Thursday.
  const thursday = new Date(day.getTime() + (3 - ((day.getUTCDay() + 6) % 7)) * DAY);
  const year = thursday.getUTCFullYear();
  const number = Math.floor((thursday.getTime() - utc(year).getTime()) / (7 * DAY)) + 1;
  return `${String(year).padStart(4, "0")}-W${String(number).padStart(2, "0")}`;
}

/** Whether a period is one of these steps: an event known to its year alone has no week. */
export function fits(period: string, by: By): boolean {
  const span = bounds(period);
  return span !== null && periodOf(span[0], by) === period;
}

/** Every period from one day to another, both included; at most `most` of them, the latest. */
export function periods(from: Date, to: Date, by: By, most = 3000): string[] {
  const out: string[] = [];
  let day = to;
  while (out.length < most) {
    const period = periodOf(day, by);
    out.push(period);
    const [first] = bounds(period)!;
    if (first <= from) break;
    day = new Date(first.getTime() - DAY);
  }
  return out.reverse();
}

/** The finest step in which a span has no more than about 120 periods. */
export function stepFor(from: Date, to: Date): By {
  const days = (to.getTime() - from.getTime()) / DAY + 1;
  if (days <= 92) return "day";
  if (days <= 800) return "week";
  if (days <= 3700) return "month";
  if (days <= 12_000) return "quarter";
  return "year";
}

/** A day so many years earlier. */
export const yearsBefore = (day: Date, years: number): Date => utc(day.getUTCFullYear() - years, day.getUTCMonth(), day.getUTCDate() + 1);

const FORMS: Partial<Record<By, Intl.DateTimeFormat>> = {
  day: new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeZone: "UTC" }),
  month: new Intl.DateTimeFormat(undefined, { month: "short", year: "numeric", timeZone: "UTC" }),
};

/** A period for a reader, in the reader's locale. */
export function label(period: string): string {
  const span = bounds(period);
  if (!span) return period;
  if (/^\d{4}-W/.test(period)) return `week of ${FORMS.day!.format(span[0])}`;
  if (/^\d{4}-Q/.test(period)) return `${period.slice(5)} ${period.slice(0, 4)}`;
  if (period.length === 10) return FORMS.day!.format(span[0]);
  return period.length === 7 ? FORMS.month!.format(span[0]) : period;
}
