import { describe, expect, test } from 'vitest';
import type { RangeTier, UpMethod } from '../../../../functions/pooling/members/agreement.ts';
import type { UpRule } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { child, header, plan, type Sketch, still, up } from './pool-sketch.ts';

/** One account A below HQ with one upward agreement, and nothing agreed downward: what goes up. */
function sweep(available: bigint, rule: UpMethod, agreed: Partial<UpRule> = {}, account: Sketch = {}) {
  return plan([header(), child('A', available, { ...account, up: up(rule, agreed) })]);
}

function goesUp(amount: bigint, cut?: string) {
  return { legs: [`A → HQ ${amount}${cut ? ` ${cut}` : ''}`], idle: {} };
}

function stays(reason: string) {
  return { legs: [], idle: { ...still, A: `${reason}, NO_AGREEMENT` } };
}

describe('a zero balance', () => {
  test('sends up all that is available', () => {
    expect(sweep(200n, { method: 'ZERO_BALANCE' })).toEqual(goesUp(200n));
  });

  test('keeps the reserve of the account', () => {
    expect(sweep(200n, { method: 'ZERO_BALANCE' }, {}, { reserve: 20n })).toEqual(goesUp(180n));
  });

  test('sends nothing from an account at its reserve', () => {
    expect(sweep(20n, { method: 'ZERO_BALANCE' }, {}, { reserve: 20n })).toEqual(stays('NOTHING_ABOVE_RESERVE'));
  });

  test('sends nothing from an empty account', () => {
    expect(sweep(0n, { method: 'ZERO_BALANCE' })).toEqual(stays('NO_MONEY'));
  });

  test('sends nothing from an overdrawn account', () => {
    expect(sweep(-5n, { method: 'ZERO_BALANCE' })).toEqual(stays('NO_MONEY'));
  });

  test('sends nothing where all there is, is frozen', () => {
    expect(sweep(0n, { method: 'ZERO_BALANCE' }, {}, { frozen: 70n })).toEqual(stays('FROZEN'));
  });

  test('leaves frozen money where it is and sends the rest', () => {
    expect(sweep(30n, { method: 'ZERO_BALANCE' }, {}, { frozen: 70n })).toEqual(goesUp(30n));
  });
});

describe('a target', () => {
  test('sends up what is above it', () => {
    expect(sweep(200n, { method: 'TARGET', target: 60n })).toEqual(goesUp(140n));
  });

  test('sends nothing from an account exactly on it', () => {
    expect(sweep(60n, { method: 'TARGET', target: 60n })).toEqual(stays('NOTHING_TO_SWEEP'));
  });

  test('gives way to a reserve that is larger', () => {
    expect(sweep(200n, { method: 'TARGET', target: 60n }, {}, { reserve: 90n })).toEqual(goesUp(110n));
  });
});

describe('a kept reserve (留底)', () => {
  test('sends up what is above the amount kept', () => {
    expect(sweep(200n, { method: 'KEEP_RESERVE', keep: 50n })).toEqual(goesUp(150n));
  });

  test('sends nothing from an account that holds exactly the amount kept', () => {
    expect(sweep(50n, { method: 'KEEP_RESERVE', keep: 50n })).toEqual(stays('NOTHING_ABOVE_RESERVE'));
  });

  test('and the reserve of the account are not added: the larger of the two stays', () => {
    expect(sweep(200n, { method: 'KEEP_RESERVE', keep: 50n }, {}, { reserve: 70n })).toEqual(goesUp(130n));
  });
});

describe('a fixed amount (定额)', () => {
  test('goes up as agreed, however much more there is', () => {
    expect(sweep(500n, { method: 'FIXED', amount: 100n })).toEqual(goesUp(100n));
  });

  test('goes up where exactly that much is available', () => {
    expect(sweep(100n, { method: 'FIXED', amount: 100n })).toEqual(goesUp(100n));
  });

  test('that is not there does not go up at all', () => {
    expect(sweep(99n, { method: 'FIXED', amount: 100n })).toEqual(stays('SHORT'));
  });

  test('that is not there goes up in part where that is agreed (余额不足仍上划)', () => {
    expect(sweep(99n, { method: 'FIXED', amount: 100n }, { sweepIfShort: true })).toEqual(goesUp(99n));
  });

  test('that is there is cut by the reserve', () => {
    expect(sweep(120n, { method: 'FIXED', amount: 100n }, {}, { reserve: 50n })).toEqual(goesUp(70n, 'KEPT_BACK'));
  });
});

describe('a percentage (按比例)', () => {
  test('is of what is available, and floors', () => {
    // 12.5 % of 999 is 124.875.
    expect(sweep(999n, { method: 'PERCENTAGE', millionths: 125_000n })).toEqual(goesUp(124n));
  });

  test('of which less than the smallest coin would go up sends nothing', () => {
    // 12.5 % of 7 is 0.875.
    expect(sweep(7n, { method: 'PERCENTAGE', millionths: 125_000n })).toEqual(stays('NOTHING_TO_SWEEP'));
  });

  test('is of all that is available, not of what is above the reserve', () => {
    // A quarter of 400; above the reserve there are 300, a quarter of which would be 75.
    expect(sweep(400n, { method: 'PERCENTAGE', millionths: 250_000n }, {}, { reserve: 100n })).toEqual(goesUp(100n));
  });

  test('never goes below the reserve', () => {
    // 90 % of 400 is 360, but only 300 are above the reserve.
    expect(sweep(400n, { method: 'PERCENTAGE', millionths: 900_000n }, {}, { reserve: 100n })).toEqual(goesUp(300n));
  });
});

describe('whole multiples (划整留余)', () => {
  test('go up and the rest stays', () => {
    expect(sweep(1_234n, { method: 'MULTIPLE', multiple: 100n })).toEqual(goesUp(1_200n));
  });

  test('are still whole where the reserve cuts them', () => {
    // 1234 − 150 = 1084, which holds ten hundreds.
    expect(sweep(1_234n, { method: 'MULTIPLE', multiple: 100n }, {}, { reserve: 150n })).toEqual(goesUp(1_000n));
  });

  test('are still whole where a maximum cuts them', () => {
    expect(sweep(1_234n, { method: 'MULTIPLE', multiple: 100n }, { maximum: 750n })).toEqual(goesUp(700n, 'LIMIT'));
  });

  test('do not go up from an account that holds less than one', () => {
    expect(sweep(99n, { method: 'MULTIPLE', multiple: 100n })).toEqual(stays('BELOW_UNIT'));
  });

  test('do not go up where less than one is above the reserve', () => {
    expect(sweep(120n, { method: 'MULTIPLE', multiple: 100n }, {}, { reserve: 30n })).toEqual(stays('BELOW_UNIT'));
  });
});

describe('a threshold', () => {
  test('lets all of it go up from exactly the threshold', () => {
    expect(sweep(100n, { method: 'THRESHOLD', threshold: 100n })).toEqual(goesUp(100n));
  });

  test('lets nothing go up just below it', () => {
    expect(sweep(99n, { method: 'THRESHOLD', threshold: 100n })).toEqual(stays('BELOW_TRIGGER'));
  });

  test('is reached with all that is available, but the reserve stays', () => {
    expect(sweep(100n, { method: 'THRESHOLD', threshold: 100n }, {}, { reserve: 40n })).toEqual(goesUp(60n));
  });
});

describe('a collar', () => {
  const collar: UpMethod = { method: 'COLLAR', threshold: 100n, collar: 30n };

  test('lets what is above it go up from exactly the threshold', () => {
    expect(sweep(100n, collar)).toEqual(goesUp(70n));
  });

  test('lets nothing go up just below the threshold', () => {
    expect(sweep(99n, collar)).toEqual(stays('BELOW_TRIGGER'));
  });

  test('above the threshold leaves an account that only reaches the threshold alone', () => {
    expect(sweep(100n, { method: 'COLLAR', threshold: 100n, collar: 100n })).toEqual(stays('NOTHING_TO_SWEEP'));
  });

  test('and reserve are not added: the larger of the two stays', () => {
    expect(sweep(100n, collar, {}, { reserve: 45n })).toEqual(goesUp(55n));
  });
});

describe('ranges of the balance (按余额区间)', () => {
  const tiers: RangeTier[] = [
    { from: 10n, to: 100n, rule: { method: 'KEEP_RESERVE', keep: 10n } },
    { from: 100n, to: 1_000n, rule: { method: 'PERCENTAGE', millionths: 500_000n } },
    { from: 2_000n, rule: { method: 'MULTIPLE', multiple: 300n } },
  ];
  const ranges: UpMethod = { method: 'RANGE', tiers };

  test.each([
    ['a balance below the first range stays', 9n, stays('NO_RANGE')],
    ['a balance where a range begins belongs to it', 10n, stays('NOTHING_ABOVE_RESERVE')],
    ['the last balance of a range belongs to it', 99n, goesUp(89n)],
    ['a balance where a range ends belongs to the next', 100n, goesUp(50n)],
    ['the last balance before a gap belongs to the range before it', 999n, goesUp(499n)],
    ['a balance in a gap between ranges stays', 1_000n, stays('NO_RANGE')],
    ['an open range holds any balance from where it begins', 2_000n, goesUp(1_800n)],
  ])('%s', (_, available, expected) => {
    expect(sweep(available, ranges)).toEqual(expected);
  });

  test('whole multiples in a range are still whole where the reserve cuts them', () => {
    // 2000 − 350 = 1650, which holds five times 300.
    expect(sweep(2_000n, ranges, {}, { reserve: 350n })).toEqual(goesUp(1_500n));
  });

  test('whole multiples in a range of an agreement with a unit are whole in both', () => {
    // Whole in 300 and in 200 is whole in 600: 1800 of 2000.
    expect(sweep(2_399n, ranges, { unit: 200n })).toEqual(goesUp(1_800n));
    expect(sweep(2_350n, ranges, { unit: 200n }, { reserve: 600n })).toEqual(goesUp(1_200n));
  });

  test('a fixed amount in a range that the balance does not hold stays, or goes up in part', () => {
    const fixed: UpMethod = { method: 'RANGE', tiers: [{ from: 0n, rule: { method: 'FIXED', amount: 80n } }] };
    expect(sweep(50n, fixed)).toEqual(stays('SHORT'));
    expect(sweep(50n, fixed, { sweepIfShort: true })).toEqual(goesUp(50n));
  });
});

describe('covering the overdraft of the parent', () => {
  const cover = up({ method: 'COVER_OVERDRAFT' });

  test('sends up exactly what the parent is overdrawn by', () => {
    expect(plan([header(-40n), child('A', 100n, { up: cover })])).toEqual(goesUp(40n));
  });

  test('sends what there is above the reserve where that is less', () => {
    expect(plan([header(-400n), child('A', 100n, { up: cover, reserve: 30n })])).toEqual(goesUp(70n));
  });

  test('sends nothing to a parent at zero', () => {
    expect(plan([header(0n), child('A', 100n, { up: cover })])).toEqual(stays('PARENT_NOT_OVERDRAWN'));
  });

  test('falls to several children by priority until the overdraft is covered', () => {
    const nodes = [
      header(-100n),
      child('C', 80n, { up: cover, priority: 3 }),
      child('A', 90n, { up: cover, priority: 2, reserve: 20n }),
      child('B', 25n, { up: cover, priority: 1 }),
    ];
    // B gives 25, A the 70 above its reserve, C the last 5.
    expect(plan(nodes)).toEqual({ legs: ['B → HQ 25', 'A → HQ 70', 'C → HQ 5'], idle: {} });
  });

  test('comes after what siblings of a later priority send up in any case', () => {
    const nodes = [
      header(-100n),
      child('A', 200n, { up: cover, priority: 1 }),
      child('B', 60n, { up: up({ method: 'ZERO_BALANCE' }), priority: 2 }),
      child('C', 200n, { up: cover, priority: 3 }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['A → HQ 40', 'B → HQ 60'],
      idle: { C: 'PARENT_NOT_OVERDRAWN, NO_AGREEMENT' },
    });
  });

  test('is of the overdraft that is left once the parent has what comes from below it', () => {
    const nodes = [
      header(),
      child('R', -100n),
      child('A', 30n, { parentId: 'R', up: up({ method: 'ZERO_BALANCE' }) }),
      child('B', 90n, { parentId: 'R', up: cover }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['A → R 30', 'B → R 70'],
      idle: { HQ: 'NO_CHILD_MOVED, NO_CHILD_MOVED', R: 'NO_AGREEMENT, NO_AGREEMENT' },
    });
  });
});

describe('recalling what the parent lent (回收)', () => {
  const recall = up({ method: 'RECALL' });

  test('sends back no more than the parent has lent on balance', () => {
    expect(plan([header(), child('A', 100n, { up: recall, owed: 60n })])).toEqual(goesUp(60n));
  });

  test('sends back what there is above the reserve where that is less', () => {
    expect(plan([header(), child('A', 100n, { up: recall, owed: 600n, reserve: 30n })])).toEqual(goesUp(70n));
  });

  test('sends nothing where nothing is owed', () => {
    expect(plan([header(), child('A', 100n, { up: recall })])).toEqual(stays('NOTHING_OWED'));
  });
});
