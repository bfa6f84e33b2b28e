import { describe, expect, it } from 'vitest';
import { gateCount } from '../../../../functions/netting/cycles/cycle.ts';
import { obligationIdOf } from '../../../../functions/netting/keys.ts';
import {
  firstPlace,
  type ListPlace,
  listObligations,
} from '../../../../functions/netting/obligations/list-obligations.ts';
import type { CycleLine } from '../../../../functions/netting/obligations/obligation-items.ts';
import { aCycle, anObligation } from '../intake-samples.ts';

type Store = Parameters<typeof listObligations>[0];

const line = (reference: string, enters: boolean): CycleLine => {
  const owed = { payer: 'A', payee: 'B', currency: 'CNY', amount: 1n } as const;
  return { reference, ...owed, version: enters ? 1 : 2, state: enters ? 'UNCONFIRMED' : 'CONFIRMED', enters };
};

/** Gates with so many obligations that came in one item, and then were confirmed one by one. */
function storeOf(perGate: number) {
  const asked = { reads: 0 };
  const itemsOf = (gate: number) => {
    const names = Array.from({ length: perGate }, (_, n) => `R-${gate}-${n}`);
    const items = [names.map((name) => line(name, true)), ...names.map((name) => [line(name, false)])];
    return items.map((lines, place) => ({ sk: `L#${String(place).padStart(6, '0')}`, lines }));
  };
  const gates = Array.from({ length: gateCount }, (_, gate) => itemsOf(gate));
  const store: Store = {
    readLines: async (_tenant, _cycle, gate, after, count) => {
      asked.reads += 1;
      const items = gates[gate] ?? [];
      const from = after === undefined ? 0 : items.findIndex(({ sk }) => sk === after) + 1;
      return items.slice(from, from + count);
    },
    readObligations: async (_tenant, ids) => new Map(ids.map((id) => [id, anObligation({ id })])),
  };
  return { store, asked };
}

describe('the obligations of a cycle, page by page', () => {
  it.each([1, 10, 100])(
    'of %i at most, are all there, however many were confirmed one by one, and no page is many reads',
    async (count) => {
      const perGate = 4_000;
      const { store, asked } = storeOf(perGate);
      const found: string[] = [];
      let pages = 0;
      const pagesMax = count === 1 ? 4_100 : 10_000;
      for (let place: ListPlace | undefined = firstPlace; place && pages < pagesMax; pages++) {
        asked.reads = 0;
        const page: Awaited<ReturnType<typeof listObligations>> = await listObligations(store, aCycle(), place, count);
        expect(asked.reads).toBeLessThanOrEqual(32);
        expect(page.obligations.length).toBeLessThanOrEqual(count);
        found.push(...page.obligations.map(({ id }) => id));
        place = page.next;
      }
      const idsOf = (gate: number) =>
        Array.from({ length: perGate }, (_, n) => obligationIdOf('demo', 'ctr_group', `R-${gate}-${n}`));
      if (count > 1) expect(found).toEqual(Array.from({ length: gateCount }, (_, gate) => idsOf(gate)).flat());
      // Past the first gate, whose 4,000 confirmations are behind its obligations.
      else expect(found.slice(0, 4_050)).toEqual([...idsOf(0), ...idsOf(1).slice(0, 50)]);
    },
  );

  it('are one page where there are few', async () => {
    const { store } = storeOf(3);
    const page = await listObligations(store, aCycle(), firstPlace, 100);
    expect([page.obligations.length, page.next]).toEqual([48, undefined]);
  });
});
