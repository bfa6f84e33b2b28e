import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accrueInterest } from '../../../../functions/pooling/interest/accrue.ts';
import {
  type AgreedSchedule,
  type BaseRate,
  formatSpread,
  parseSpread,
  resolveSpreads,
} from '../../../../functions/pooling/interest/base-rate.ts';
import { formatRate, parseRate } from '../../../../functions/pooling/interest/rates.ts';
import { addDays } from '../../../../shared/calendar/plain-date.ts';
import { anyDayCount, anyPeriod, anyPosition, position, yuan } from './samples.ts';

const baseOf = (rates: Record<string, string>): BaseRate => ({
  name: 'LPR 1Y',
  rates: Object.entries(rates).map(([from, rate]) => ({ from, rate: parseRate(rate) })),
});
const lpr = baseOf({ '2026-01-01': '3.10', '2026-02-15': '3.00' });
const spread = (from: string, text: string) => ({ from, spread: parseSpread(text) });

/** 'from rate' of each entry. */
function told(schedule: AgreedSchedule, base = lpr): string[] {
  return resolveSpreads(schedule, base).map(
    (entry) => `${entry.from} ${'rate' in entry ? formatRate(entry.rate) : 'tiers'}`,
  );
}

describe('a spread on a base rate', () => {
  it('follows every change of the base', () => {
    expect(told([spread('2026-01-01', '-1.60')])).toEqual(['2026-01-01 1.50', '2026-02-15 1.40']);
    expect(told([spread('2026-01-01', '0.85')])).toEqual(['2026-01-01 3.95', '2026-02-15 3.85']);
  });

  it('counts from its own day, by the base that is in force then, until the next entry', () => {
    const entries = [
      { from: '2025-01-01', rate: parseRate('1.20') },
      spread('2026-01-20', '-1.60'),
      spread('2026-02-01', '-1.50'),
      { from: '2026-02-10', tiers: [{ above: 0n, rate: parseRate('2.00') }], mode: 'WHOLE' as const },
      spread('2026-03-01', '-2.00'),
    ];
    expect(told(entries)).toEqual([
      '2025-01-01 1.20',
      '2026-01-20 1.50',
      '2026-02-01 1.60',
      '2026-02-10 tiers',
      '2026-03-01 1.00',
    ]);
  });

  it('that changes on the day of the base is one entry', () => {
    expect(told([spread('2026-01-01', '-1.60'), spread('2026-02-15', '-1.70')])).toEqual([
      '2026-01-01 1.50',
      '2026-02-15 1.30',
    ]);
  });

  it('leaves nothing below zero', () => {
    expect(told([spread('2026-01-01', '-3.05')])).toEqual(['2026-01-01 0.05', '2026-02-15 0.00']);
  });

  it('is exact to six decimals, and reads as it is written', () => {
    expect(told([spread('2026-02-15', '-0.000001')])).toEqual(['2026-02-15 2.999999']);
    expect(['-0.25', '0.85', '0.00', '-1.605', '999.999999'].map((text) => formatSpread(parseSpread(text)))).toEqual([
      '-0.25',
      '0.85',
      '0.00',
      '-1.605',
      '999.999999',
    ]);
  });

  it('comes to no rate without a base on its day, or above the highest rate', () => {
    expect(() => resolveSpreads([spread('2026-01-01', '0.10')], undefined)).toThrow(RangeError);
    expect(() => told([spread('2025-12-31', '0.10')])).toThrow('begins after 2025-12-31');
    expect(() => told([spread('2026-01-01', '997.00')])).toThrow('1000.10 on 2026-01-01');
  });

  it('is booked by the rates it comes to, each for its own days', () => {
    // 45 days to 14 February, 45 days from 15 February to 31 March.
    const period = { from: '2026-01-01', to: '2026-04-01' };
    const rates = {
      credit: resolveSpreads([spread('2026-01-01', '-1.60')], lpr),
      debit: resolveSpreads([spread('2026-01-01', '0.85')], lpr),
    };
    const terms = { period, dayCount: 'ACT_360' as const, segmented: true, ...rates };
    // 1,000,000.00 × 45 × 1.50 % / 360 = 1,875.00 and 1,000,000.00 × 45 × 1.40 % / 360 = 1,750.00
    const { credit } = accrueInterest({ ...terms, position: position('1000000.00') });
    expect(credit.interest).toBe(yuan('3625.00'));
    expect(credit.segments.map(({ days, rate }) => [days, rate])).toEqual([
      [45, '1.50'],
      [45, '1.40'],
    ]);
    // 1,000,000.00 × 45 × 3.95 % / 360 = 4,937.50 and 1,000,000.00 × 45 × 3.85 % / 360 = 4,812.50
    const { debit } = accrueInterest({ ...terms, position: position('-1000000.00') });
    expect(debit.interest).toBe(yuan('9750.00'));
  });

  it('on a base that never changes is a rate', () => {
    const any = anyPeriod.chain((period) =>
      fc.record({
        period: fc.constant(period),
        position: anyPosition(period),
        dayCount: anyDayCount,
        segmented: fc.boolean(),
        base: fc.bigInt(0n, 9_000_000n),
        points: fc.bigInt(-9_000_000n, 9_000_000n),
      }),
    );
    fc.assert(
      fc.property(any, ({ base, points, ...terms }) => {
        const from = '1990-01-01';
        const agreed = resolveSpreads([{ from, spread: points }], { name: 'Base', rates: [{ from, rate: base }] });
        const plain = [{ from, rate: base + points < 0n ? 0n : base + points }];
        const both = (schedule: typeof agreed) => accrueInterest({ ...terms, credit: schedule, debit: schedule });
        expect(both(agreed)).toEqual(both(plain));
      }),
    );
  });

  it('is on each day the base of that day and the spread of that day, and never below zero', () => {
    const dates = fc
      .uniqueArray(fc.integer({ min: 1, max: 100 }), { maxLength: 6 })
      .map((days) => [0, ...days.sort((one, other) => one - other)].map((day) => addDays('2026-01-01', day)));
    const bases = dates.chain((from) =>
      fc.tuple(...from.map((date) => fc.record({ from: fc.constant(date), rate: fc.bigInt(0n, 5_000_000n) }))),
    );
    const spreads = dates.chain((from) =>
      fc.tuple(
        ...from.map((date) => fc.record({ from: fc.constant(date), spread: fc.bigInt(-3_000_000n, 3_000_000n) })),
      ),
    );
    fc.assert(
      fc.property(bases, spreads, (rates, agreed) => {
        const resolved = resolveSpreads(agreed, { name: 'Base', rates });
        for (let day = 0; day <= 110; day++) {
          const date = addDays('2026-01-01', day);
          const inForce = <Entry extends { from: string }>(entries: readonly Entry[]) =>
            entries.filter(({ from }) => from <= date).at(-1);
          const sum = (inForce(rates)?.rate ?? 0n) + (inForce(agreed)?.spread ?? 0n);
          expect(inForce(resolved)).toMatchObject({ rate: sum < 0n ? 0n : sum });
        }
      }),
    );
  });
});
