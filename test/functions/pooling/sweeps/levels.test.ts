import { describe, expect, test } from 'vitest';
import { planSweeps } from '../../../../functions/pooling/sweeps/plan-sweeps.ts';
import { child, down, header, plan, still, up, upTo, zeroBalance } from './pool-sketch.ts';

describe('a pool of several levels', () => {
  test('gathers a surplus, serves a sister on the way and sends up the rest', () => {
    const nodes = [
      header(),
      child('R1', 30n, { reserve: 50n, up: zeroBalance }),
      child('C1', 200n, { parentId: 'R1', reserve: 20n, up: zeroBalance }),
      child('C2', 10n, { parentId: 'R1', down: upTo(20n) }),
    ];
    expect(plan(nodes)).toEqual({ legs: ['C1 → R1 180', 'R1 → HQ 150', 'R1 → C2 10'], idle: {} });

    const ends = new Map(nodes.map(({ id, available }) => [id, available]));
    for (const { accountId, parentId, direction, amount } of planSweeps(nodes).legs) {
      const rises = direction === 'UP' ? amount : -amount;
      ends.set(accountId, (ends.get(accountId) ?? 0n) - rises);
      ends.set(parentId, (ends.get(parentId) ?? 0n) + rises);
    }
    expect(Object.fromEntries(ends)).toEqual({ HQ: 150n, R1: 50n, C1: 20n, C2: 20n });
  });

  test('carries out upward legs from the deepest level, then downward legs from the top', () => {
    const nodes = [
      header(100n),
      child('A', 0n, { up: zeroBalance }),
      child('B', 0n, { down: upTo(5n) }),
      child('A1', 0n, { parentId: 'A', up: zeroBalance }),
      child('B1', 0n, { parentId: 'B', down: upTo(6n) }),
      child('A11', 7n, { parentId: 'A1', up: zeroBalance }),
      child('B11', 0n, { parentId: 'B1', down: upTo(8n) }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['A11 → A1 7', 'A1 → A 7', 'A → HQ 7', 'HQ → B 19', 'B → B1 14', 'B1 → B11 8'],
      idle: {},
    });
  });

  test('tells the payer of each leg what it must still have: its reserve, or less where the plan has it below', () => {
    const nodes = [
      header(100n, { reserve: 15n }),
      child('R', 30n, { reserve: 50n }),
      child('A', 0n, { parentId: 'R', down: upTo(40n) }),
    ];
    expect(planSweeps(nodes).legs).toEqual([
      { accountId: 'R', parentId: 'HQ', direction: 'DOWN', amount: 40n, depth: 1, payerKeeps: 15n },
      { accountId: 'A', parentId: 'R', direction: 'DOWN', amount: 40n, depth: 2, payerKeeps: 30n },
    ]);
  });

  test('asks nothing of a header whose overdraft is unlimited', () => {
    const nodes = [header(0n, { unlimitedOverdraft: true }), child('A', 0n, { down: upTo(40n) })];
    expect(planSweeps(nodes).legs).toEqual([
      { accountId: 'A', parentId: 'HQ', direction: 'DOWN', amount: 40n, depth: 1 },
    ]);
  });

  test('says of a header why it has no leg, where money moved only farther below', () => {
    const nodes = [header(), child('R', 0n), child('A', 30n, { parentId: 'R', up: zeroBalance })];
    expect(plan(nodes)).toEqual({
      legs: ['A → R 30'],
      idle: { ...still, R: 'NO_AGREEMENT, NO_AGREEMENT' },
    });
  });

  test('refuses two headers, and accounts that hang below none', () => {
    expect(() => planSweeps([header(), { ...header(), id: 'OTHER' }])).toThrow('one header, not 2');
    expect(() => planSweeps([])).toThrow('one header, not 0');
    expect(() => planSweeps([header(), child('A', 0n, { parentId: 'NOBODY' })])).toThrow('hang together');
  });
});

describe('money on its way from above', () => {
  const toA = { parentId: 'R', down: upTo(40n) };

  test('is not held back by an account below its reserve', () => {
    const nodes = [header(100n), child('R', 10n, { reserve: 50n }), child('A', 0n, toA)];
    expect(plan(nodes)).toEqual({ legs: ['HQ → R 40', 'R → A 40'], idle: {} });
  });

  test('is taken before money of an account nearer by', () => {
    const nodes = [
      header(100n),
      child('R', 30n),
      child('S', 30n, { parentId: 'R' }),
      child('A', 0n, { parentId: 'S', down: upTo(40n, { minimum: 40n }) }),
    ];
    // S alone holds less than the minimum, so that nothing comes in the first pass; then HQ gives it all.
    expect(plan(nodes)).toEqual({ legs: ['HQ → R 40', 'R → S 40', 'S → A 40'], idle: {} });
  });

  test('completes what the nearest account gave in part', () => {
    const nodes = [header(100n), child('R', 30n), child('A', 0n, toA)];
    expect(plan(nodes)).toEqual({ legs: ['HQ → R 10', 'R → A 40'], idle: {} });
  });

  test('adds up over all accounts above to a need that must be met in full', () => {
    const inFull = { parentId: 'S', down: upTo(60n, { partialAllowed: false }) };
    const above = (hq: bigint) => [
      header(hq),
      child('R', 20n),
      child('S', 25n, { parentId: 'R' }),
      child('A', 0n, inFull),
    ];
    expect(plan(above(15n))).toEqual({ legs: ['HQ → R 15', 'R → S 35', 'S → A 60'], idle: {} });
    expect(plan(above(14n))).toEqual({
      legs: [],
      idle: {
        ...still,
        R: 'NO_AGREEMENT, NO_AGREEMENT',
        S: 'NO_AGREEMENT, NO_AGREEMENT',
        A: 'NO_AGREEMENT, PARENT_SHORT',
      },
    });
  });

  test('comes in whole units of what all accounts above give together', () => {
    const nodes = [header(13n), child('R', 9n), child('A', 0n, { parentId: 'R', down: upTo(40n, { unit: 20n }) })];
    // R's 9 are less than a unit; together they are 22, of which one unit moves: 13 from HQ and 7 of R's.
    expect(plan(nodes)).toEqual({ legs: ['HQ → R 13', 'R → A 20 PARENT_SHORT'], idle: {} });
  });

  test('may complete by less than the minimum what the nearest account gave above it', () => {
    const nodes = [
      header(15n),
      child('R', 40n),
      child('A', 0n, { parentId: 'R', down: upTo(60n, { unit: 10n, minimum: 30n }) }),
    ];
    expect(plan(nodes)).toEqual({ legs: ['HQ → R 10', 'R → A 50 PARENT_SHORT'], idle: {} });
  });

  test('reaches accounts nearer to the header before those farther below', () => {
    const nodes = [
      header(50n),
      child('R', 0n, { priority: 2, down: upTo(30n) }),
      child('S', 0n, { priority: 1 }),
      child('A', 0n, { parentId: 'S', down: upTo(40n) }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['HQ → S 20', 'HQ → R 30', 'S → A 20 PARENT_SHORT'],
      idle: {},
    });
  });

  test('passes an edge as far as the limits of its agreement leave, its own funding counted', () => {
    const nodes = [header(100n), child('R', 0n, { down: upTo(10n, { room: 25n }) }), child('A', 0n, toA)];
    expect(plan(nodes)).toEqual({ legs: ['HQ → R 25', 'R → A 15 LIMIT'], idle: {} });
  });

  test('passes an edge without an agreement of its own', () => {
    const nodes = [header(100n), child('R', 0n, { down: { idle: 'NOT_DUE' } }), child('A', 0n, toA)];
    expect(plan(nodes)).toEqual({ legs: ['HQ → R 40', 'R → A 40'], idle: {} });
  });

  test('does not pass an edge whose agreement is paused', () => {
    const nodes = [header(100n), child('R', 0n, { down: { idle: 'PAUSED' } }), child('A', 0n, toA)];
    expect(plan(nodes)).toEqual({
      legs: [],
      idle: { ...still, R: 'NO_AGREEMENT, PAUSED', A: 'NO_AGREEMENT, PATH_CLOSED' },
    });
  });

  test('does not pass a frozen account', () => {
    const nodes = [header(100n), child('R', 60n, { blocked: 'ACCOUNT_FROZEN' }), child('A', 0n, toA)];
    expect(plan(nodes)).toEqual({
      legs: [],
      idle: { ...still, R: 'ACCOUNT_FROZEN, ACCOUNT_FROZEN', A: 'NO_AGREEMENT, PATH_CLOSED' },
    });
  });

  test('comes from the account below a closed one, where that holds some', () => {
    const nodes = [
      header(100n),
      child('R', 0n, { blocked: 'BANK_CLOSED' }),
      child('S', 15n, { parentId: 'R' }),
      child('A', 0n, { parentId: 'S', down: upTo(40n) }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['S → A 15 PATH_CLOSED'],
      idle: { ...still, R: 'BANK_CLOSED, BANK_CLOSED', S: 'NO_AGREEMENT, NO_AGREEMENT' },
    });
  });

  test('leaves no trace on an edge where as much went up', () => {
    const nodes = [
      header(),
      child('R', 40n, { up: zeroBalance }),
      child('S', 0n, { parentId: 'R' }),
      child('A', -40n, { parentId: 'S', down: down({ method: 'ZERO_BALANCE' }) }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['R → S 40', 'S → A 40'],
      idle: { ...still, R: 'NETTED, NETTED' },
    });
  });

  test('can come from what a sister branch sent up', () => {
    const nodes = [
      header(),
      child('L', 90n, { up: up({ method: 'KEEP_RESERVE', keep: 10n }) }),
      child('R', 0n, { up: zeroBalance }),
      child('A', -30n, { parentId: 'R', up: zeroBalance, down: down({ method: 'ZERO_BALANCE' }) }),
    ];
    expect(plan(nodes)).toEqual({ legs: ['L → HQ 80', 'HQ → R 30', 'R → A 30'], idle: {} });
  });
});
