import type { PlainDate } from '../../../../shared/calendar/plain-date.ts';
import type { Chance } from '../chance.ts';

/** How numbers of invoices are written; a legal entity has two or three ways, older and newer. */
export const houseStyles = {
  /** INV-2025-000123 */
  DASHED: { digits: 6, write: (day: PlainDate, running: string) => `INV-${day.slice(0, 4)}-${running}` },
  /** SZ2503-00123 */
  MONTHLY: {
    digits: 5,
    write: (day: PlainDate, running: string) => `SZ${day.slice(2, 4)}${day.slice(5, 7)}-${running}`,
  },
  /** RE 2025/00123 */
  GERMAN: { digits: 5, write: (day: PlainDate, running: string) => `RE ${day.slice(0, 4)}/${running}` },
  /** 沪销25-00123 */
  CHINESE: { digits: 5, write: (day: PlainDate, running: string) => `沪销${day.slice(2, 4)}-${running}` },
  /** 25312000000000000123, as fully electronic invoices (全电发票) are numbered. */
  ELECTRONIC: { digits: 8, write: (day: PlainDate, running: string) => `${day.slice(2, 4)}3120000000${running}` },
  /** 04512367, as paper invoices are, in blocks that the tax office hands out. */
  EIGHT_DIGITS: { digits: 6, write: (_: PlainDate, running: string) => `04${running}` },
} satisfies Record<string, { digits: number; write: (day: PlainDate, running: string) => string }>;
export type HouseStyle = keyof typeof houseStyles;

/** Two of them number alike, so that the same number may be an invoice of either. */
export const stylesOf: Readonly<Record<string, Partial<Record<HouseStyle, number>>>> = {
  'YD-SH': { DASHED: 55, ELECTRONIC: 30, CHINESE: 15 },
  'YD-SZ': { MONTHLY: 65, EIGHT_DIGITS: 35 },
  'YD-EU': { DASHED: 45, GERMAN: 55 },
};

export interface NumberedInvoice {
  readonly number: string;
  readonly style: HouseStyle;
}

/** Hands out each number once for an entity. */
export interface NumberSource {
  /** Consecutive ones, four at most. */
  take(entity: string, day: PlainDate, count: number): NumberedInvoice[];
}

const together = 4;
/** Shares no divisor with a count of blocks below, so every block comes once before one comes again. */
const stride = 104_729;

/** Numbers are spread over the whole range and neighbours mostly go to different customers, as in a year's books. */
export function numberSource(chance: Chance): NumberSource {
  const taken = new Map<string, number>();
  const rest = new Map<string, number[]>();

  function block(key: string, digits: number): number[] {
    const blocks = 10 ** digits / together - 1;
    const place = taken.get(key) ?? 0;
    if (place >= blocks) throw new RangeError(`${key} has no numbers left.`);
    taken.set(key, place + 1);
    const first = ((place * stride + 17) % blocks) * together + 1;
    return Array.from({ length: together }, (_, n) => first + n);
  }

  return {
    take(entity, day, count) {
      const style = chance.weighted(stylesOf[entity] as Record<HouseStyle, number>);
      const { digits, write } = houseStyles[style];
      const key = `${entity} ${style}${style === 'MONTHLY' ? day.slice(0, 7) : ''}`;
      const one = count === 1 ? (rest.get(key) ?? []) : [];
      const numbers = one.length > 0 ? one : block(key, digits);
      if (count === 1) rest.set(key, numbers.slice(1));
      return numbers
        .slice(0, count)
        .map((running) => ({ number: write(day, String(running).padStart(digits, '0')), style }));
    },
  };
}
