import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDay, type DaySummary } from '../../../../functions/settlement/comparing/compare-day.ts';
import { byKey, type HereLine, type ThereLine } from '../../../../functions/settlement/comparing/compared-line.ts';
import type { FoundDifference } from '../../../../functions/settlement/comparing/found-difference.ts';
import { type Outcome, outcomes, type Sums } from '../../../../functions/settlement/comparing/side-sums.ts';

const today = '2026-03-02';
const yesterday = '2026-03-01';
const tomorrow = '2026-03-03';

const here = (key: string, amount: bigint, more: Partial<HereLine> = {}): HereLine => ({
  key,
  date: today,
  kind: key.startsWith('P') ? 'PAYMENT' : 'REFUND',
  amount,
  fee: 6n,
  status: 'SUCCEEDED',
  number: `O-${key}`,
  ...more,
});
const there = (key: string, amount: bigint, more: Partial<ThereLine> = {}): ThereLine => ({
  key,
  date: today,
  kind: key.startsWith('P') ? 'PAYMENT' : 'REFUND',
  amount,
  fee: 6n,
  line: 2,
  ...more,
});

type Ledger = { readonly paid: bigint; readonly refunded: bigint; readonly fees: bigint };

function compare(
  ours: readonly HereLine[],
  theirs: readonly ThereLine[],
  { date = today, ledger }: { date?: string; ledger?: Ledger } = {},
) {
  const found: FoundDifference[] = [];
  const walk = compareDay({
    date,
    here: ours.toSorted(byKey),
    there: theirs.toSorted(byKey),
    ...(ledger && { ledger }),
  });
  for (;;) {
    const { done, value } = walk.next();
    if (done) return { found, summary: value };
    found.push(value);
  }
}

const idsOf = ({ found }: { found: readonly FoundDifference[] }) => found.map(({ id }) => id);
const none: Sums = { count: 0, paid: 0n, refunded: 0n, fees: 0n };

describe('a payment or refund that both sides have', () => {
  it('with the same figures is matched', () => {
    const { found, summary } = compare([here('P#1', 100n), here('R#1', 40n)], [there('R#1', 40n), there('P#1', 100n)]);
    expect(found).toEqual([]);
    const sums = { count: 2, paid: 100n, refunded: 40n, fees: 12n };
    expect(summary.outcomes.MATCHED).toEqual({ here: sums, there: sums });
    expect(summary.total).toEqual({ here: sums, there: sums });
  });

  it('with another amount, another fee or another state differs, by what weighs most', () => {
    const ours = [here('P#1', 100n), here('P#2', 100n), here('R#3', 50n, { status: 'PENDING' }), here('P#4', 100n)];
    const theirs = [
      there('P#1', 101n),
      there('P#2', 100n, { fee: 7n }),
      there('R#3', 50n),
      there('P#4', 90n, { fee: 5n }),
    ];
    const result = compare(ours, theirs);
    expect(idsOf(result)).toEqual([
      'AMOUNT_DIFFERS#P#1',
      'FEE_DIFFERS#P#2',
      'AMOUNT_DIFFERS#P#4',
      'STATUS_DIFFERS#R#3',
    ]);
    expect(result.found[0]).toEqual({
      id: 'AMOUNT_DIFFERS#P#1',
      class: 'AMOUNT_DIFFERS',
      date: today,
      here: ours[0],
      there: theirs[0],
    });
    expect(result.summary.outcomes.AMOUNT_DIFFERS).toEqual({
      here: { count: 2, paid: 200n, refunded: 0n, fees: 12n },
      there: { count: 2, paid: 191n, refunded: 0n, fees: 11n },
    });
  });

  it('on the day before or after is late, not missing, and is seen from both days', () => {
    const ours = [here('P#1', 100n), here('P#2', 70n, { date: tomorrow })];
    const theirs = [there('P#1', 100n, { date: tomorrow }), there('P#2', 70n)];
    const result = compare(ours, theirs);
    expect(idsOf(result)).toEqual(['LATE#P#1', 'LATE#P#2']);
    expect(result.summary.outcomes.LATE).toEqual({
      here: { count: 1, paid: 100n, refunded: 0n, fees: 6n },
      there: { count: 1, paid: 70n, refunded: 0n, fees: 6n },
    });
    expect(idsOf(compare(ours, theirs, { date: tomorrow }))).toEqual(['LATE#P#1', 'LATE#P#2']);
  });

  it('with a line of the day and one of the day after is that of the day', () => {
    const result = compare([here('P#1', 100n)], [there('P#1', 100n, { date: tomorrow }), there('P#1', 90n)]);
    expect(idsOf(result)).toEqual(['AMOUNT_DIFFERS#P#1']);
  });
});

describe('a payment or refund that one side has', () => {
  it('is missing on the other (短款, 长款)', () => {
    const result = compare([here('P#1', 100n), here('R#2', 30n)], [there('P#3', 80n)]);
    expect(idsOf(result)).toEqual(['MISSING_AT_CHANNEL#P#1', 'MISSING_HERE#P#3', 'MISSING_AT_CHANNEL#R#2']);
    expect(result.summary.outcomes.MISSING_AT_CHANNEL).toEqual({
      here: { count: 2, paid: 100n, refunded: 30n, fees: 12n },
      there: none,
    });
    expect(result.summary.outcomes.MISSING_HERE).toEqual({
      here: none,
      there: { count: 1, paid: 80n, refunded: 0n, fees: 6n },
    });
  });

  it('is no difference where it has not happened here either', () => {
    const ours = [here('R#1', 30n, { status: 'PENDING' }), here('R#2', 20n, { status: 'FAILED' })];
    const { found, summary } = compare(ours, []);
    expect(found).toEqual([]);
    expect(summary.outcomes.NOT_DONE.here).toEqual({ count: 2, paid: 0n, refunded: 50n, fees: 12n });
  });

  it('is a duplicate where that side has it once more than the other', () => {
    const result = compare(
      [here('P#1', 100n, { number: 'O-1' }), here('P#1', 100n, { number: 'O-2' }), here('P#2', 10n)],
      [
        there('P#1', 100n),
        there('P#2', 10n, { line: 5 }),
        there('P#2', 10n, { line: 4 }),
        there('P#3', 1n),
        there('P#3', 1n, { line: 9 }),
      ],
    );
    expect(idsOf(result)).toEqual(['DUPLICATE#P#1', 'DUPLICATE#P#2', 'MISSING_HERE#P#3', 'DUPLICATE#P#3']);
    expect(result.found[0]).toMatchObject({ here: { number: 'O-2' } });
    expect(result.found[1]).toMatchObject({ there: { line: 5 } });
  });

  it('and is told alone where the day before has it on the same side', () => {
    expect(idsOf(compare([here('P#1', 5n, { date: yesterday })], []))).toEqual([]);
  });
});

describe('the sums of the ledger', () => {
  it('are those of the journal, without what failed', () => {
    const ours = [
      here('P#1', 100n),
      here('R#1', 40n, { fee: -2n, status: 'PENDING' }),
      here('R#2', 9n, { status: 'FAILED' }),
    ];
    expect(compare(ours, [], { ledger: { paid: 100n, refunded: 40n, fees: 4n } }).summary.differences).toBe(1);
    const { found, summary } = compare(ours, [there('P#1', 100n)], { ledger: { paid: 100n, refunded: 41n, fees: 3n } });
    expect(found).toEqual([
      {
        id: 'LEDGER_DIFFERS#refunded',
        class: 'LEDGER_DIFFERS',
        date: today,
        figure: 'refunded',
        ledger: 41n,
        journal: 40n,
      },
      { id: 'LEDGER_DIFFERS#fees', class: 'LEDGER_DIFFERS', date: today, figure: 'fees', ledger: 3n, journal: 4n },
    ]);
    expect(summary.differences).toBe(2);
  });
});

describe('a comparison', () => {
  it('refuses streams that are not sorted, and days outside its window', () => {
    const walk = (ours: readonly HereLine[]) => [...compareDay({ date: today, here: ours, there: [] })];
    expect(() => walk([here('P#2', 1n), here('P#1', 1n)])).toThrow('not sorted');
    expect(() => walk([here('P#1', 1n, { date: '2026-03-04' })])).toThrow('2026-03-04 is not of 2026-03-02');
  });

  const dates = fc.constantFrom(yesterday, today, today, today, tomorrow);
  const keys = fc.constantFrom('P#1', 'P#2', 'P#3', 'R#1', 'R#2', 'V#1');
  const amounts = fc.constantFrom(100n, 200n, 300n);
  const hereLines = fc.array(
    fc.record({
      key: keys,
      amount: amounts,
      date: dates,
      fee: fc.constantFrom(0n, 6n),
      status: fc.constantFrom<HereLine['status'][]>('SUCCEEDED', 'PENDING', 'FAILED'),
    }),
    { maxLength: 12 },
  );
  const thereLines = fc.array(fc.record({ key: keys, amount: amounts, date: dates, fee: fc.constantFrom(0n, 6n) }), {
    maxLength: 12,
  });
  const cases = fc
    .tuple(hereLines, thereLines, fc.infiniteStream(fc.double({ noNaN: true })))
    .map(([ours, theirs, order]) => ({
      ours: ours.map(({ key, amount, ...more }, place) => here(key, amount, { ...more, number: `N${place}` })),
      theirs: theirs.map(({ key, amount, ...more }, place) => there(key, amount, { ...more, line: place + 2 })),
      shuffled: <Line>(lines: readonly Line[]) =>
        lines
          .map((line) => ({ line, by: Number(order.next().value) }))
          .toSorted((one, other) => one.by - other.by)
          .map(({ line }) => line),
    }));

  it('adds up on both sides, exactly', () => {
    fc.assert(
      fc.property(cases, ({ ours, theirs }) => {
        const { summary } = compare(ours, theirs);
        expect(addedUp(summary, 'here')).toEqual(sumsOf(ours));
        expect(addedUp(summary, 'there')).toEqual(sumsOf(theirs));
        expect(summary.total).toEqual({ here: sumsOf(ours), there: sumsOf(theirs) });
      }),
    );
  });

  it('gives the same in whatever order the lines come', () => {
    fc.assert(
      fc.property(cases, ({ ours, theirs, shuffled }) => {
        expect(compare(shuffled(ours), shuffled(theirs))).toEqual(compare(ours, theirs));
      }),
    );
  });

  it('tells each line of the day at most once, each difference by another id', () => {
    fc.assert(
      fc.property(cases, ({ ours, theirs }) => {
        const { found, summary } = compare(ours, theirs);
        const told = found.flatMap((one) =>
          one.class === 'LEDGER_DIFFERS' ? [] : [one.here, one.there].filter((line) => line !== undefined),
        );
        expect(new Set(told).size).toBe(told.length);
        expect(new Set(found.map(({ id }) => id)).size).toBe(found.length);
        expect(summary.differences).toBe(found.length);
      }),
    );
  });
});

function sumsOf(lines: readonly (HereLine | ThereLine)[]): Sums {
  const ofDay = lines.filter(({ date }) => date === today);
  const total = (amountsOf: readonly bigint[]) => amountsOf.reduce((sum, one) => sum + one, 0n);
  return {
    count: ofDay.length,
    paid: total(ofDay.filter(({ kind }) => kind === 'PAYMENT').map(({ amount }) => amount)),
    refunded: total(ofDay.filter(({ kind }) => kind === 'REFUND').map(({ amount }) => amount)),
    fees: total(ofDay.map(({ fee }) => fee)),
  };
}

function addedUp({ outcomes: byOutcome }: DaySummary, side: 'here' | 'there'): Sums {
  const all = outcomes.map((outcome: Outcome) => byOutcome[outcome][side]);
  return all.reduce(
    (sum, one) => ({
      count: sum.count + one.count,
      paid: sum.paid + one.paid,
      refunded: sum.refunded + one.refunded,
      fees: sum.fees + one.fees,
    }),
    none,
  );
}
