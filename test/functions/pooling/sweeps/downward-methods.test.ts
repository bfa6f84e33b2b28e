import { describe, expect, test } from 'vitest';
import type { DownMethod } from '../../../../functions/pooling/members/agreement.ts';
import type { DownRule } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { child, down, header, type PlanText, plan, type Sketch, still, upTo, zeroBalance } from './pool-sketch.ts';

/** One account A below HQ with one downward agreement, and nothing agreed upward: what comes down of HQ's money. */
function fund(available: bigint, rule: DownMethod, agreed: Partial<DownRule> = {}, hq = 1_000n, above: Sketch = {}) {
  return plan([header(hq, above), child('A', available, { down: down(rule, agreed) })]);
}

function comesDown(amount: bigint, cut?: string) {
  return { legs: [`HQ → A ${amount}${cut ? ` ${cut}` : ''}`], idle: {} };
}

function lacks(reason: string) {
  return { legs: [], idle: { ...still, A: `NO_AGREEMENT, ${reason}` } };
}

const constant: DownMethod = { method: 'TARGET', target: 60n, mode: 'CONSTANT' };
const overdraftOnly: DownMethod = { method: 'TARGET', target: 60n, mode: 'FIXED' };
const fixed: DownMethod = { method: 'FIXED', amount: 40n };

describe('what an account needs', () => {
  test.each<[string, bigint, DownMethod, PlanText]>([
    ['up to a constant target is what is missing', 10n, constant, comesDown(50n)],
    ['up to a constant target out of an overdraft is overdraft and target', -10n, constant, comesDown(70n)],
    ['exactly on a constant target is nothing', 60n, constant, lacks('NO_NEED')],
    ['by a fixed target is only its overdraft', -10n, overdraftOnly, comesDown(10n)],
    ['by a fixed target without an overdraft is nothing', 0n, overdraftOnly, lacks('NO_NEED')],
    ['for a zero balance is its overdraft', -25n, { method: 'ZERO_BALANCE' }, comesDown(25n)],
    ['for a zero balance without an overdraft is nothing', 3n, { method: 'ZERO_BALANCE' }, lacks('NO_NEED')],
    ['by a fixed amount is that amount, whatever it holds', 500n, fixed, comesDown(40n)],
  ])('%s', (_, available, rule, expected) => {
    expect(fund(available, rule)).toEqual(expected);
  });
});

describe('a funding', () => {
  test.each<[string, bigint, DownMethod, Partial<DownRule>, PlanText]>([
    ['is triggered by exactly the trigger amount', 30n, fixed, { triggerAmount: 30n }, comesDown(40n)],
    ['is not triggered where more is available', 31n, fixed, { triggerAmount: 30n }, lacks('ABOVE_TRIGGER')],
    ['moves whole units only', 10n, constant, { unit: 20n }, comesDown(40n)],
    ['does not move less than a unit', 50n, constant, { unit: 20n }, lacks('BELOW_UNIT')],
    ['moves exactly the minimum', 10n, constant, { minimum: 50n }, comesDown(50n)],
    ['does not move less than the minimum', 11n, constant, { minimum: 50n }, lacks('BELOW_MIN')],
    ['moves no more than the maximum', 10n, constant, { maximum: 45n }, comesDown(45n, 'LIMIT')],
    ['moves no more than its limits leave', 10n, constant, { room: 15n }, comesDown(15n, 'LIMIT')],
    ['moves nothing once a limit is used up', 10n, constant, { room: 0n }, lacks('LIMIT')],
    ['moves whole units of what a limit leaves', 10n, constant, { room: 45n, unit: 20n }, comesDown(40n, 'LIMIT')],
    [
      'moves nothing where a maximum leaves less than the minimum',
      10n,
      constant,
      { maximum: 30n, minimum: 40n },
      lacks('BELOW_MIN'),
    ],
  ])('%s', (_, available, rule, agreed, expected) => {
    expect(fund(available, rule, agreed)).toEqual(expected);
  });
});

describe('a parent that does not hold enough', () => {
  test.each<[string, bigint, Partial<DownRule>, PlanText]>([
    ['gives what it has where part is better than nothing', 30n, {}, comesDown(30n, 'PARENT_SHORT')],
    ['gives nothing where part is not allowed', 49n, { partialAllowed: false }, lacks('PARENT_SHORT')],
    ['gives all where it holds exactly that', 50n, { partialAllowed: false }, comesDown(50n)],
    ['gives whole units of what it has', 35n, { unit: 10n }, comesDown(30n, 'PARENT_SHORT')],
    ['gives a part that is exactly the minimum', 35n, { minimum: 35n }, comesDown(35n, 'PARENT_SHORT')],
    ['gives no part below the minimum', 34n, { minimum: 35n }, lacks('PARENT_SHORT')],
    ['gives nothing out of nothing', 0n, {}, lacks('PARENT_SHORT')],
    ['gives nothing out of an overdraft', -10n, {}, lacks('PARENT_SHORT')],
  ])('%s', (_, hq, agreed, expected) => {
    expect(fund(10n, constant, agreed, hq)).toEqual(expected);
  });

  test('lends only what it holds above its reserve', () => {
    expect(fund(10n, constant, {}, 80n, { reserve: 45n })).toEqual(comesDown(35n, 'PARENT_SHORT'));
  });

  test('lends without bound where its overdraft is unlimited', () => {
    expect(fund(10n, constant, {}, -500n, { unlimitedOverdraft: true, reserve: 30n })).toEqual(comesDown(50n));
  });

  test('lends nothing while it is frozen, however unlimited its overdraft is', () => {
    const frozen: Sketch = { unlimitedOverdraft: true, blocked: 'ACCOUNT_FROZEN' };
    expect(fund(10n, constant, {}, 500n, frozen)).toEqual(lacks('PATH_CLOSED'));
  });

  test.each<[string, 'CONSTANT' | 'FIXED', string[], Record<string, string>]>([
    [
      'keeps a constant target of its own before it lends',
      'CONSTANT',
      ['R → A 20 PARENT_SHORT'],
      { R: 'NO_AGREEMENT, NO_NEED' },
    ],
    ['lends what it holds below a fixed target of its own', 'FIXED', ['R → A 50'], { R: 'NO_AGREEMENT, NO_NEED' }],
  ])('%s', (_, mode, legs, idle) => {
    const nodes = [
      header(),
      child('R', 80n, { down: down({ method: 'TARGET', target: 60n, mode }) }),
      child('A', 10n, { parentId: 'R', down: down(constant) }),
    ];
    expect(plan(nodes)).toEqual({ legs, idle: { ...still, ...idle } });
  });

  test('keeps the target of its own upward agreement before it lends', () => {
    const nodes = [
      header(),
      child('R', 80n, { up: { ...zeroBalance, rule: { method: 'TARGET', target: 50n } } }),
      child('A', 10n, { parentId: 'R', down: down(constant) }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['R → A 30 PARENT_SHORT'],
      idle: { ...still, R: 'NOTHING_TO_SWEEP, NO_AGREEMENT' },
    });
  });
});

describe('several children in need', () => {
  test('are served by the lowest number first, equal numbers by their ids', () => {
    const nodes = [
      header(100n),
      child('D', 0n, { priority: 2, down: upTo(40n) }),
      child('C', 0n, { priority: 1, down: upTo(40n) }),
      child('B', 0n, { priority: 2, down: upTo(40n) }),
      child('A', 0n, { priority: 3, down: upTo(40n) }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['HQ → C 40', 'HQ → B 40', 'HQ → D 20 PARENT_SHORT'],
      idle: { A: 'NO_AGREEMENT, PARENT_SHORT' },
    });
  });

  test('where one must be met in full and cannot be, the next one is tried', () => {
    const nodes = [
      header(50n),
      child('A', 0n, { priority: 1, down: upTo(60n, { partialAllowed: false }) }),
      child('B', 0n, { priority: 2, down: upTo(30n, { partialAllowed: false }) }),
      child('C', 0n, { priority: 3, down: upTo(30n) }),
    ];
    expect(plan(nodes)).toEqual({
      legs: ['HQ → B 30', 'HQ → C 20 PARENT_SHORT'],
      idle: { A: 'NO_AGREEMENT, PARENT_SHORT' },
    });
  });

  test('are served out of what their siblings send up', () => {
    const nodes = [
      header(),
      child('A', 70n, { priority: 2, up: zeroBalance }),
      child('B', -30n, { priority: 1, down: down({ method: 'ZERO_BALANCE' }) }),
    ];
    expect(plan(nodes)).toEqual({ legs: ['A → HQ 70', 'HQ → B 30'], idle: {} });
  });
});

describe('an account that gives and needs', () => {
  test('has one leg for the difference', () => {
    const nodes = [header(), child('A', 200n, { up: zeroBalance, down: upTo(20n) })];
    expect(plan(nodes)).toEqual({ legs: ['A → HQ 180'], idle: {} });
  });

  test('has no leg where the two are equal', () => {
    const nodes = [header(), child('A', 20n, { up: zeroBalance, down: upTo(20n) })];
    expect(plan(nodes)).toEqual({ legs: [], idle: { ...still, A: 'NETTED, NETTED' } });
  });
});
