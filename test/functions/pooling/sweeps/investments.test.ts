import { describe, expect, test } from 'vitest';
import { planSweeps } from '../../../../functions/pooling/sweeps/plan-sweeps.ts';
import type { DownRule, SweepNode } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { child, down, header, plan, type Sketch, up, upTo, zeroBalance } from './pool-sketch.ts';

/** A pool with an investment account above its header; `fund` is what is invested. */
function invested(fund: bigint, hq: bigint, terms: Sketch, below: readonly SweepNode[]): SweepNode[] {
  const top: SweepNode = { ...header(fund), id: 'FUND', invested: true };
  return [top, child('HQ', hq, { ...terms, parentId: 'FUND' }), ...below];
}

const keepsHundred = { up: up({ method: 'TARGET', target: 100n }), down: upTo(100n) };
const asNeeded = down({ method: 'ZERO_BALANCE' });

describe('an investment account above the header', () => {
  test('takes what the header holds above its target, once those below are served', () => {
    const nodes = invested(1_000n, 50n, keepsHundred, [
      child('A', 300n, { up: zeroBalance }),
      child('B', -40n, { down: asNeeded }),
    ]);
    // 50 and 300 come to 350; B takes 40, HQ keeps 100.
    expect(plan(nodes).legs).toEqual(['A → HQ 300', 'HQ → FUND 210', 'HQ → B 40']);
  });

  test('gives back what the header lacks to its target', () => {
    expect(plan(invested(1_000n, 30n, keepsHundred, [])).legs).toEqual(['FUND → HQ 70']);
  });

  test('gives back for accounts farther below only what the header cannot', () => {
    const nodes = invested(1_000n, 160n, { up: up({ method: 'MULTIPLE', multiple: 1_000n }), down: asNeeded }, [
      child('R', 0n),
      child('A', -200n, { parentId: 'R', down: asNeeded }),
    ]);
    expect(plan(nodes).legs).toEqual(['FUND → HQ 40', 'HQ → R 200', 'R → A 200']);
  });

  test('gives nothing back where nothing is agreed downward, but what goes there serves the accounts below first', () => {
    const below = [child('R', 0n), child('A', -120n, { parentId: 'R', down: asNeeded })];
    expect(plan(invested(1_000n, 160n, { up: zeroBalance }, below)).legs).toEqual([
      'HQ → FUND 40',
      'HQ → R 120',
      'R → A 120',
    ]);
    expect(plan(invested(1_000n, 50n, { up: zeroBalance }, below)).legs).toEqual([
      'HQ → R 50',
      'R → A 50 PARENT_SHORT',
    ]);
  });

  test('is bounded by the limits of what is agreed with the header', () => {
    const nodes = invested(1_000n, 0n, { down: down({ method: 'ZERO_BALANCE' }, { room: 50n }) }, [
      child('R', 0n),
      child('A', -200n, { parentId: 'R', down: asNeeded }),
    ]);
    expect(plan(nodes).legs).toEqual(['FUND → HQ 50', 'HQ → R 50', 'R → A 50 LIMIT']);
  });

  test('nets what is invested and what comes back in one run', () => {
    const nodes = invested(0n, 160n, { up: zeroBalance, down: asNeeded }, [
      child('R', 0n),
      child('A', -60n, { parentId: 'R', down: asNeeded }),
    ]);
    expect(plan(nodes).legs).toEqual(['HQ → FUND 100', 'HQ → R 60', 'R → A 60']);
  });
});

describe('a header without a bound that invests', () => {
  const unbound = { unlimitedOverdraft: true };
  const lacks = (amount: bigint) => [child('R', 0n), child('A', -amount, { parentId: 'R', down: asNeeded })];

  test('lends its own money before it invests any', () => {
    const nodes = invested(0n, 100n, { ...unbound, up: zeroBalance }, lacks(50n));
    expect(plan(nodes).legs).toEqual(['HQ → FUND 50', 'HQ → R 50', 'R → A 50']);
  });

  test('takes back what is invested before it is overdrawn, and is overdrawn for the rest', () => {
    const terms = { ...unbound, down: asNeeded };
    expect(plan(invested(1_000n, 0n, terms, lacks(50n))).legs).toEqual(['FUND → HQ 50', 'HQ → R 50', 'R → A 50']);
    expect(plan(invested(30n, 0n, terms, lacks(50n))).legs).toEqual([
      'FUND → HQ 30 PARENT_SHORT',
      'HQ → R 50',
      'R → A 50',
    ]);
    expect(plan(invested(1_000n, 0n, unbound, lacks(50n))).legs).toEqual(['HQ → R 50', 'R → A 50']);
  });

  test('must have, when it invests, what the plan leaves it', () => {
    const nodes = invested(0n, 500n, { ...unbound, reserve: 100n, up: zeroBalance }, []);
    expect(planSweeps(nodes).legs).toEqual([
      { accountId: 'HQ', parentId: 'FUND', direction: 'UP', amount: 400n, depth: 1, payerKeeps: 100n },
    ]);
  });
});

describe('what comes back for accounts below', () => {
  const lacks = (amount: bigint) => [child('R', 0n), child('A', -amount, { parentId: 'R', down: asNeeded })];
  const back = (more: Partial<DownRule>, need: bigint, hq = 0n) =>
    plan(invested(10_000n, hq, { down: down({ method: 'ZERO_BALANCE' }, more) }, lacks(need))).legs;

  test('is no more than may move at once', () => {
    expect(back({ maximum: 100n }, 500n)).toEqual(['FUND → HQ 100', 'HQ → R 100', 'R → A 100 LIMIT']);
  });

  test('is whole units, of which the rest stays with the header', () => {
    expect(back({ unit: 1_000n }, 500n)).toEqual(['FUND → HQ 1000', 'HQ → R 500', 'R → A 500']);
  });

  test('is the minimum at least', () => {
    expect(back({ minimum: 800n }, 500n)).toEqual(['FUND → HQ 800', 'HQ → R 500', 'R → A 500']);
  });

  test('is nothing while the header holds more than triggers it', () => {
    expect(back({ triggerAmount: 0n }, 500n, 30n)).toEqual(['FUND → HQ 470', 'HQ → R 500', 'R → A 500']);
    const keeps = { reserve: 30n, down: down({ method: 'ZERO_BALANCE' }, { triggerAmount: 10n }) };
    expect(plan(invested(10_000n, 30n, keeps, lacks(500n))).legs).toEqual([]);
  });

  test('comes besides what the header needs for its own target', () => {
    const nodes = invested(10_000n, 20n, { down: upTo(100n) }, lacks(500n));
    expect(plan(nodes).legs).toEqual(['FUND → HQ 580', 'HQ → R 500', 'R → A 500']);
  });

  test('is nothing for accounts that no more may reach', () => {
    const nodes = invested(10_000n, 0n, { down: asNeeded }, [
      child('R', 0n, { down: { idle: 'PAUSED' } }),
      child('A', -500n, { parentId: 'R', down: asNeeded }),
    ]);
    expect(plan(nodes).legs).toEqual([]);
  });
});

describe('what a header agreed on its investments', () => {
  test('bounds what comes back for it and for others together, also where its own need is met last', () => {
    const fixed = down({ method: 'FIXED', amount: 100n }, { partialAllowed: false, room: 100n });
    const nodes = invested(1_000n, 30n, { down: asNeeded }, [
      child('R', 0n, { down: fixed }),
      child('C', -30n, { parentId: 'R', down: asNeeded }),
    ]);
    const toR = planSweeps(nodes).legs.find(({ accountId }) => accountId === 'R');
    expect(toR?.amount).toBeLessThanOrEqual(100n);
  });

  test('comes in whole units, also where the minimum is none', () => {
    const terms = { down: down({ method: 'ZERO_BALANCE' }, { unit: 100n, minimum: 150n }) };
    const nodes = invested(1_000n, 0n, terms, [child('R', 0n), child('A', -50n, { parentId: 'R', down: asNeeded })]);
    expect(plan(nodes).legs[0]).toBe('FUND → HQ 200');
  });

  test('leaves to others what the header cannot have in full and wants in no part', () => {
    const terms = { down: upTo(100n, { partialAllowed: false }) };
    const nodes = invested(80n, 0n, terms, [child('A', -30n, { down: asNeeded })]);
    expect(plan(nodes).legs).toEqual(['FUND → HQ 30 PARENT_SHORT', 'HQ → A 30']);
  });

  test('says what cut it', () => {
    expect(plan(invested(30n, 0n, { down: upTo(100n) }, [])).legs).toEqual(['FUND → HQ 30 PARENT_SHORT']);
    expect(plan(invested(1_000n, 0n, { down: upTo(100n, { maximum: 30n }) }, [])).legs).toEqual(['FUND → HQ 30 LIMIT']);
  });
});
