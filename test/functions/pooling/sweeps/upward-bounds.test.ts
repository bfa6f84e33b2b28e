import { describe, expect, test } from 'vitest';
import type { Blocked, UpRule } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { child, header, plan, type Sketch, still, up } from './pool-sketch.ts';

/** One account A below HQ that sends up all it has, within what bounds it. */
function sweep(available: bigint, agreed: Partial<UpRule>, account: Sketch = {}, above: Sketch = {}) {
  return plan([header(0n, above), child('A', available, { ...account, up: up({ method: 'ZERO_BALANCE' }, agreed) })]);
}

function goesUp(amount: bigint, cut?: string) {
  return { legs: [`A → HQ ${amount}${cut ? ` ${cut}` : ''}`], idle: {} };
}

function stays(reason: string, down = 'NO_AGREEMENT') {
  return { legs: [], idle: { ...still, A: `${reason}, ${down}` } };
}

describe('a sweep', () => {
  test.each([
    ['is triggered by exactly the trigger amount', 100n, { triggerAmount: 100n }, {}, goesUp(100n)],
    ['is not triggered by less', 99n, { triggerAmount: 100n }, {}, stays('BELOW_TRIGGER')],
    [
      'is triggered by all that is available, the reserve included',
      100n,
      { triggerAmount: 100n },
      { reserve: 95n },
      goesUp(5n),
    ],
    ['moves whole units only', 199n, { unit: 50n }, {}, goesUp(150n)],
    ['moves a single unit', 50n, { unit: 50n }, {}, goesUp(50n)],
    ['does not move less than a unit', 49n, { unit: 50n }, {}, stays('BELOW_UNIT')],
    ['moves exactly the minimum', 80n, { minimum: 80n }, {}, goesUp(80n)],
    ['does not move less than the minimum', 79n, { minimum: 80n }, {}, stays('BELOW_MIN')],
    [
      'compares with the minimum what is above the reserve',
      99n,
      { minimum: 80n },
      { reserve: 20n },
      stays('BELOW_MIN'),
    ],
    ['compares with the minimum what is left in whole units', 99n, { unit: 50n, minimum: 60n }, {}, stays('BELOW_MIN')],
    ['moves exactly the maximum without being cut', 70n, { maximum: 70n }, {}, goesUp(70n)],
    ['moves no more than the maximum', 71n, { maximum: 70n }, {}, goesUp(70n, 'LIMIT')],
    ['moves no more than the limits of the day and of the periods leave', 71n, { room: 30n }, {}, goesUp(30n, 'LIMIT')],
    ['moves nothing once a limit is used up', 71n, { room: 0n }, {}, stays('LIMIT')],
    ['moves whole units of what a limit leaves', 200n, { room: 130n, unit: 50n }, {}, goesUp(100n, 'LIMIT')],
    ['moves nothing where a limit leaves less than a unit', 200n, { room: 30n, unit: 50n }, {}, stays('LIMIT')],
    [
      'moves nothing where a limit leaves less than the minimum',
      200n,
      { room: 30n, minimum: 50n },
      {},
      stays('BELOW_MIN'),
    ],
    ['obeys the narrower of maximum and limits', 200n, { maximum: 60n, room: 90n }, {}, goesUp(60n, 'LIMIT')],
    [
      'goes by method, reserve, limit, unit and minimum in this order',
      // 437 − 20 = 417, at most 398, in sevens 392, which is the minimum.
      437n,
      { maximum: 398n, unit: 7n, minimum: 392n },
      { reserve: 20n },
      goesUp(392n, 'LIMIT'),
    ],
  ])('%s', (_, available, agreed, account, expected) => {
    expect(sweep(available, agreed, account)).toEqual(expected);
  });
});

describe('money that the parent sent down', () => {
  test.each([
    [
      'is swept back like other money',
      100n,
      { parentsMoney: 'SWEEP_BACK' as const },
      { sentByParent: 60n },
      goesUp(100n),
    ],
    [
      'is left where that is agreed, and the rest goes up',
      100n,
      { parentsMoney: 'LEAVE' as const },
      { sentByParent: 60n },
      goesUp(40n),
    ],
    [
      'is left where nothing else is there',
      60n,
      { parentsMoney: 'LEAVE' as const },
      { sentByParent: 60n },
      stays('PARENTS_MONEY'),
    ],
    [
      'and the reserve are not added: the larger of the two stays',
      100n,
      { parentsMoney: 'LEAVE' as const },
      { sentByParent: 60n, reserve: 75n },
      goesUp(25n),
    ],
    [
      'below the reserve is not what keeps an account at its reserve still',
      75n,
      { parentsMoney: 'LEAVE' as const },
      { sentByParent: 60n, reserve: 75n },
      stays('NOTHING_ABOVE_RESERVE'),
    ],
  ])('%s', (_, available, agreed, account, expected) => {
    expect(sweep(available, agreed, account)).toEqual(expected);
  });
});

describe('a parent or account out of service', () => {
  test('a frozen parent takes money where the agreement lets it go there', () => {
    expect(sweep(50n, { whenParentFrozen: 'SWEEP' }, {}, { blocked: 'ACCOUNT_FROZEN' })).toEqual(goesUp(50n));
  });

  test.each<[string, 'SWEEP' | 'SKIP', Blocked, string]>([
    ['a frozen parent gets nothing where the agreement spares it', 'SKIP', 'ACCOUNT_FROZEN', 'PARENT_FROZEN'],
    ['a closed parent gets nothing whatever is agreed', 'SWEEP', 'ACCOUNT_CLOSED', 'PARENT_CLOSED'],
    ['a parent whose bank is closed gets nothing whatever is agreed', 'SWEEP', 'BANK_CLOSED', 'PARENT_BANK_CLOSED'],
  ])('%s', (_, whenParentFrozen, blocked, reason) => {
    expect(sweep(50n, { whenParentFrozen }, {}, { blocked })).toEqual(stays(reason));
  });

  test.each<[string, Blocked]>([
    ['nothing leaves or reaches a frozen account', 'ACCOUNT_FROZEN'],
    ['nothing leaves or reaches a closed account', 'ACCOUNT_CLOSED'],
    ['nothing leaves or reaches an account whose bank is closed', 'BANK_CLOSED'],
  ])('%s', (_, blocked) => {
    expect(sweep(50n, {}, { blocked })).toEqual(stays(blocked, blocked));
  });

  test('money that came up into a frozen parent stays there and is lent to nobody', () => {
    const nodes = [
      header(),
      child('R', 0n, { blocked: 'ACCOUNT_FROZEN', up: up({ method: 'ZERO_BALANCE' }) }),
      child('A', 50n, { parentId: 'R', up: up({ method: 'ZERO_BALANCE' }, { whenParentFrozen: 'SWEEP' }) }),
      child('B', -20n, { parentId: 'R', down: { rule: { method: 'ZERO_BALANCE' }, partialAllowed: true } }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['A → R 50'],
      idle: { ...still, R: 'ACCOUNT_FROZEN, ACCOUNT_FROZEN', B: 'NO_AGREEMENT, PATH_CLOSED' },
    });
  });

  test('an agreement that does not count today gives its reason', () => {
    const nodes = [header(), child('A', 50n, { up: { idle: 'NOT_DUE' }, down: { idle: 'PAUSED' } })];
    expect(plan(nodes)).toEqual(stays('NOT_DUE', 'PAUSED'));
  });
});
