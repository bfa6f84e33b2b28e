import { describe, expect, test } from 'vitest';
import type { EdgeLoan, LoanState } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { child, down, header, plan, still, up, upTo, zeroBalance } from './pool-sketch.ts';

/** The pair's first entity has lent to the second where the position is positive. */
const first: EdgeLoan = { pair: 'P', child: 'FIRST' };
const second: EdgeLoan = { pair: 'P', child: 'SECOND' };

function loan(position: bigint, ceilings: Omit<LoanState, 'pair' | 'position'> = {}): LoanState[] {
  return [{ pair: 'P', position, ...ceilings }];
}

describe('a sweep between two entities', () => {
  test.each<[string, EdgeLoan, LoanState[], string]>([
    ['lends up to the ceiling of the child', first, loan(30n, { firstLendsMax: 100n }), 'A → HQ 70 LOAN_CEILING'],
    [
      'lends up to the ceiling of the child, seen from the second of the pair',
      second,
      loan(-30n, { secondLendsMax: 100n }),
      'A → HQ 70 LOAN_CEILING',
    ],
    [
      'lends exactly what the ceiling leaves without being cut',
      first,
      loan(-20n, { firstLendsMax: 180n }),
      'A → HQ 200',
    ],
    ['is not bounded by what the other side may lend', first, loan(0n, { secondLendsMax: 10n }), 'A → HQ 200'],
    ['is not bounded without a ceiling', first, loan(900n), 'A → HQ 200'],
    [
      'pays back what the parent lent, and the rest opens the other way',
      first,
      loan(-150n, { firstLendsMax: 50n, secondLendsMax: 150n }),
      'A → HQ 200',
    ],
    [
      'pays back what the parent lent and then lends no more than the ceiling',
      first,
      loan(-150n, { firstLendsMax: 20n }),
      'A → HQ 170 LOAN_CEILING',
    ],
  ])('%s', (_, edge, loans, leg) => {
    expect(plan([header(), child('A', 200n, { up: zeroBalance, loan: edge })], loans)).toEqual({
      legs: [leg],
      idle: {},
    });
  });

  test.each<[string, LoanState[]]>([
    ['moves nothing at the ceiling', loan(100n, { firstLendsMax: 100n })],
    ['moves nothing beyond the ceiling', loan(120n, { firstLendsMax: 100n })],
  ])('%s', (_, loans) => {
    expect(plan([header(), child('A', 200n, { up: zeroBalance, loan: first })], loans)).toEqual({
      legs: [],
      idle: { ...still, A: 'LOAN_CEILING, NO_AGREEMENT' },
    });
  });

  test('moves whole units of what the ceiling leaves, and nothing where that is below the minimum', () => {
    const loans = loan(0n, { firstLendsMax: 130n });
    const agreed = (minimum: bigint) => up({ method: 'ZERO_BALANCE' }, { unit: 50n, minimum });
    expect(plan([header(), child('A', 200n, { up: agreed(100n), loan: first })], loans)).toEqual({
      legs: ['A → HQ 100 LOAN_CEILING'],
      idle: {},
    });
    expect(plan([header(), child('A', 200n, { up: agreed(101n), loan: first })], loans)).toEqual({
      legs: [],
      idle: { ...still, A: 'LOAN_CEILING, NO_AGREEMENT' },
    });
  });

  test('shares the ceiling with the other accounts of the same two entities, by priority', () => {
    const nodes = [
      header(),
      child('B', 80n, { priority: 1, up: zeroBalance, loan: first }),
      child('A', 80n, { priority: 2, up: zeroBalance, loan: first }),
      child('C', 80n, { priority: 3, up: zeroBalance }),
    ];
    expect(plan(nodes, loan(0n, { firstLendsMax: 100n }))).toEqual({
      legs: ['B → HQ 80', 'A → HQ 20 LOAN_CEILING', 'C → HQ 80'],
      idle: {},
    });
  });

  test('shares the ceiling across branches in the order of their parents', () => {
    const nodes = [
      header(),
      child('L', 0n, { priority: 1 }),
      child('R', 0n, { priority: 2 }),
      child('L1', 80n, { parentId: 'L', up: zeroBalance, loan: first }),
      child('R1', 80n, { parentId: 'R', up: zeroBalance, loan: first }),
    ];
    expect(plan(nodes, loan(0n, { firstLendsMax: 100n }))).toEqual({
      legs: ['L1 → L 80', 'R1 → R 20 LOAN_CEILING'],
      idle: { ...still, L: 'NO_AGREEMENT, NO_AGREEMENT', R: 'NO_AGREEMENT, NO_AGREEMENT' },
    });
  });
});

describe('a funding between two entities', () => {
  const need = { down: upTo(60n) };

  test.each<[string, EdgeLoan, LoanState[], string]>([
    ['lends up to the ceiling of the parent', first, loan(-80n, { secondLendsMax: 100n }), 'HQ → A 20 LOAN_CEILING'],
    [
      'lends up to the ceiling of the parent, seen from the first of the pair',
      second,
      loan(80n, { firstLendsMax: 100n }),
      'HQ → A 20 LOAN_CEILING',
    ],
    ['is not bounded by what the child may lend', first, loan(0n, { firstLendsMax: 10n }), 'HQ → A 60'],
    [
      'pays back what the child lent, and the rest opens the other way',
      first,
      loan(45n, { firstLendsMax: 45n, secondLendsMax: 15n }),
      'HQ → A 60',
    ],
  ])('%s', (_, edge, loans, leg) => {
    expect(plan([header(500n), child('A', 0n, { ...need, loan: edge })], loans)).toEqual({ legs: [leg], idle: {} });
  });

  test('tells a parent that is short from a ceiling that is not reached', () => {
    const nodes = [header(30n), child('A', 0n, { ...need, loan: first })];
    expect(plan(nodes, loan(0n, { secondLendsMax: 50n }))).toEqual({ legs: ['HQ → A 30 PARENT_SHORT'], idle: {} });
  });

  test('that must come in full does not come where the ceiling leaves less', () => {
    const nodes = [header(500n), child('A', 0n, { down: upTo(60n, { partialAllowed: false }), loan: first })];
    expect(plan(nodes, loan(0n, { secondLendsMax: 59n }))).toEqual({
      legs: [],
      idle: { ...still, A: 'NO_AGREEMENT, LOAN_CEILING' },
    });
  });

  test('passes a loan on its way no farther than the ceiling', () => {
    const nodes = [header(500n), child('R', 0n, { loan: first }), child('A', 0n, { parentId: 'R', down: upTo(60n) })];
    expect(plan(nodes, loan(0n, { secondLendsMax: 35n }))).toEqual({
      legs: ['HQ → R 35', 'R → A 35 LOAN_CEILING'],
      idle: {},
    });
  });

  test('that crosses one loan there and back needs the ceiling on the way there only', () => {
    const nodes = [
      header(500n),
      child('R', 0n, { loan: second }),
      child('A', 0n, { parentId: 'R', down: upTo(60n), loan: first }),
    ];
    // HQ's entity is the pair's first: 60 down to R's, and 60 back to an account of its own below.
    expect(plan(nodes, loan(0n, { firstLendsMax: 60n, secondLendsMax: 0n }))).toEqual({
      legs: ['HQ → R 60', 'R → A 60'],
      idle: {},
    });
  });

  test('that crosses one loan twice the same way needs its room twice', () => {
    const nodes = [
      header(500n),
      child('R', 0n, { loan: second }),
      child('S', 0n, { parentId: 'R' }),
      child('A', 0n, { parentId: 'S', down: upTo(60n), loan: second }),
    ];
    expect(plan(nodes, loan(0n, { firstLendsMax: 101n }))).toEqual({
      legs: ['HQ → R 50', 'R → S 50', 'S → A 50 LOAN_CEILING'],
      idle: {},
    });
  });

  test('may use again what a sweep of the same two entities paid back in this run', () => {
    const nodes = [
      header(),
      child('A', 70n, { priority: 1, up: zeroBalance, loan: first }),
      child('B', -90n, { priority: 2, down: down({ method: 'ZERO_BALANCE' }), loan: first }),
    ];
    // HQ's entity has lent all of 100; A pays 70 of it back, so that 70 can be lent to B.
    expect(plan(nodes, loan(-100n, { secondLendsMax: 100n }))).toEqual({
      legs: ['A → HQ 70', 'HQ → B 70 PARENT_SHORT'],
      idle: {},
    });
  });
});
