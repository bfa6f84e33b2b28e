import { describe, expect, it } from 'vitest';
import { type DayCount, dayCounts } from '../../../../functions/pooling/interest/day-count.ts';
import { computeFigures } from '../../../../functions/pooling/interest-runs/interest-figures.ts';
import { adjustmentsOf, inBookingOrder, linesOf } from '../../../../functions/pooling/interest-runs/interest-lines.ts';
import { interestTermsIn } from '../../../../functions/pooling/interest-runs/interest-shapes.ts';
import { presentInterestLine } from '../../../../functions/pooling/interest-runs/present-interest-runs.ts';
import { readPoolTerms } from '../../../../functions/pooling/interest-runs/read-interest-terms.ts';
import { parseAmount } from '../../../../shared/money/amount.ts';

const loan = { accountId: 'loan', entity: 'Shop', currency: 'CNY', bookedOn: 'loan', counterAccountId: 'control' };
/** Over the end of 2027 into a leap year; both ends are days that thirty-day months count differently. */
const period = { from: '2027-10-31', to: '2028-03-31' };

function figuresOf(dayCount: DayCount, opening: bigint, body: object = {}) {
  const rates = [
    { effectiveFrom: '2020-01-01', rate: '1.00' },
    { effectiveFrom: '2027-12-21', rate: '2.35' },
  ];
  const request = interestTermsIn.parse({ dayCount, credit: rates, debit: rates, ...body });
  const content = readPoolTerms(request, { kind: 'PHYSICAL', currency: 'CNY' });
  const movements = new Map([['2028-01-31', -(opening * 3n)]]);
  const positions = new Map([['loan', { opening, movements }]]);
  return computeFigures({ period, content, currency: 'CNY', bearers: [loan], positions, exchange: [] }).figures;
}

function presented(dayCount: DayCount, opening: bigint, body: object = {}) {
  const lines = inBookingOrder(linesOf(figuresOf(dayCount, opening, body)));
  return lines.map((line) => presentInterestLine(line, undefined, 'CNY'));
}

interface Shown {
  readonly segments?: readonly { readonly product: string; readonly rate: string; readonly yearDays: number }[];
}

/** As with a pocket calculator that shows two decimals: Σ product × rate / 100 / days of the year. */
function byHand({ segments = [] }: Shown): string {
  const sum = segments.reduce(
    (total, { product, rate, yearDays }) => total + (Number(product) * Number(rate)) / 100 / yearDays,
    0,
  );
  return sum.toFixed(2);
}

const total = (segments: readonly { readonly product: string }[] = []) =>
  segments.reduce((sum, { product }) => sum + parseAmount(product, 'CNY'), 0n);

describe('a line of interest can be worked out again from what it shows', () => {
  it.each(dayCounts)('by %s: product × rate / days of the year is the amount, on either side', (dayCount) => {
    const lines = presented(dayCount, 123_456_789n);
    expect(lines.map(({ side }) => side)).toEqual(['DEBIT', 'CREDIT']);
    for (const line of lines) {
      expect(byHand(line)).toBe(line.amount.amount);
      expect(Number(line.exact).toFixed(2)).toBe(line.amount.amount);
      expect(parseAmount(line.product ?? '', 'CNY')).toBe(total(line.segments));
      expect(line.days).toBe(line.segments?.reduce((sum, { days }) => sum + days, 0));
    }
  });

  it('from the account’s side: what it owes and pays is below zero, balance and product too', () => {
    // 60 days of −200.00 from 31 January to 31 March: −12,000.00 × 2.35 % / 360 = −0.7833…
    expect(presented('30E_360', 10_000n)[0]).toMatchObject({
      side: 'DEBIT',
      amount: { amount: '-0.78' },
      exact: '-0.78333333',
      days: 60,
      product: '-12000.00',
      segments: [{ balance: { amount: '-200.00' }, days: 60, product: '-12000.00', yearDays: 360 }],
    });
  });

  it('by ACT/ACT with a segment for the days of a leap year and one for the others', () => {
    // 100.00 for 51 days at 1 %, then at 2.35 % for 11 days of 2027 and 30 of 2028.
    expect(presented('ACT_ACT_ISDA', 10_000n)[1]).toMatchObject({
      segments: [
        { days: 51, product: '5100.00', rate: '1.00', yearDays: 365 },
        { days: 11, product: '1100.00', rate: '2.35', yearDays: 365 },
        { days: 30, product: '3000.00', rate: '2.35', yearDays: 366 },
      ],
    });
  });

  it('by a convention of its own on each side', () => {
    for (const line of presented('ACT_ACT_ISDA', 123_456_789n, { debitDayCount: '30E_360', debitSegmented: false })) {
      expect(byHand(line)).toBe(line.amount.amount);
      const basis = line.segments?.map(({ yearDays, rate }) => `${rate} / ${yearDays}`);
      if (line.side === 'CREDIT') expect(basis).toEqual(['1.00 / 365', '2.35 / 365', '2.35 / 366']);
      // From 31 January to 31 March thirty-day months count 60 days, at the rate of the last of them.
      else expect([line.days, basis]).toEqual([60, ['2.35 / 360']]);
    }
  });

  it('with the rate of the last day for all days too', () => {
    for (const line of presented('ACT_ACT_ISDA', 5_000_000n, { segmented: false })) {
      expect(byHand(line)).toBe(line.amount.amount);
      expect(new Set(line.segments?.map(({ rate }) => rate))).toEqual(new Set(['2.35']));
    }
  });
});

describe('a difference for an earlier period', () => {
  const computed = { linesId: 'lines', lines: 1, blocks: 1, adjusted: [], exchange: [] };
  const earlier = { ...period, runId: 'run 1', termsVersion: 1, computed };

  it('shows what the whole was recomputed from beside the whole, not beside the difference', () => {
    const booked = new Map([['DEBIT loan', -50n]]);
    const figures = figuresOf('30E_360', 10_000n).filter(({ side }) => side === 'DEBIT');
    const [line] = inBookingOrder(adjustmentsOf(earlier, [loan], figures, booked));
    if (!line) throw new Error('There is a difference.');
    const shown = presentInterestLine(line, undefined, 'CNY');
    expect(shown).toMatchObject({
      type: 'ADJUSTMENT',
      amount: { amount: '-0.28' },
      adjusts: { booked: { amount: '-0.50' }, recomputed: { amount: '-0.78' }, exact: '-0.78333333', days: 60 },
    });
    expect(byHand(shown.adjusts ?? {})).toBe('-0.78');
    for (const field of ['exact', 'product', 'days', 'segments']) expect(shown).not.toHaveProperty(field);
  });
});
