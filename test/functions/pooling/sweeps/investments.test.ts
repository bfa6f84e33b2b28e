import { describe, expect, test } from 'vitest';
import type { SweepNode } from '../../../../functions/pooling/sweeps/sweep-node.ts';
import { child, down, header, plan, type Sketch, up, upTo, zeroBalance } from './pool-sketch.ts';

/** A pool with an investment account above its header; `fund` is what is invested. */
function invested(fund: bigint, hq: bigint, terms: Sketch, below: readonly SweepNode[]): SweepNode[] {
  const comesBack = terms.down && !('idle' in terms.down);
  const top: SweepNode = { ...header(fund), id: 'FUND', invested: comesBack ? 'LAST' : 'STAYS' };
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
