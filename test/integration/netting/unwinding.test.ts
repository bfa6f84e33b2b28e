import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askClosing } from '../../../functions/netting/closing/ask-closing.ts';
import { cutOff } from '../../../functions/netting/cycles/cut-off.ts';
import { askSettling } from '../../../functions/netting/settling/ask-settling.ts';
import { carryOnSettling } from '../../../functions/netting/settling/carry-on-settling.ts';
import { cause, on } from '../../functions/netting/intake-samples.ts';
import { fourParties, owes } from '../../functions/netting/samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { tuesday, wednesday } from './closing-support.ts';
import { queueOnEngine, type TestQueue } from './queue-support.ts';
import { CENTRE, cycleToolsOf, settlingSteps, thursday } from './settling-support.ts';
import { linesOf } from './support.ts';

/**
 * Of the eight obligations A is left with +20, B with −70, C with +40, D with +10. Without those of B, of which four remain, A is left
 * with +60, C with +80 and D with −140. Positions below 25 are carried.
 */
describe('a cycle that is closed anew without somebody', () => {
  let own: TestQueue;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());
  const steps = settlingSteps(() => own);
  const { close, settle, unwind, carryOn, carryOnClosing, cycleOf, position, rows } = steps;
  const minimumPayments = [{ currency: 'CNY', amount: 25n }] as const;
  const open = (tenant: string) => own.open(tenant, { A: 0n, B: 0n, C: 0n, D: 150n }, { terms: { minimumPayments } });

  /** Carries on what was taken back until it is closed anew. */
  async function closeAnew(tenant: string) {
    await carryOn(tenant);
    return carryOnClosing(tenant);
  }

  /** D pays 150 in it, of which the centre keeps 30: it owes A 20 and D 10 in the next cycle. */
  async function expectSettledWithoutB(tenant: string) {
    expect((await rows(tenant)).LEGS).toEqual([
      ['FROM_CENTRE', CENTRE, 'A', 'CNY', 40n],
      ['FROM_CENTRE', CENTRE, 'C', 'CNY', 80n],
      ['TO_CENTRE', 'D', CENTRE, 'CNY', 150n],
    ]);
    expect(await own.balances(tenant, 'A B C D')).toEqual([40n, 0n, 80n, 0n]);
    expect(await position(tenant)).toBe(30n);
    const { lines, counted } = await linesOf(own.tools.store, tenant, wednesday);
    expect(lines.map(({ reference }) => reference).sort()).toEqual(['R-0', 'R-2', 'R-3', 'R-5']);
    expect(counted).toBe(4);
    const carried = await own.tools.store.readCarriedIn(tenant, wednesday);
    expect(carried.map(({ payer, payee, amount }) => [payer, payee, amount])).toEqual([
      [CENTRE, 'A', 20n],
      [CENTRE, 'D', 10n],
    ]);
  }

  it('settles without what that one owes and is owed, which the next cycle nets to the same in the end', async () => {
    const tenant = 'both';
    await close(await open(tenant), fourParties);
    expect((await settle(tenant)).settling?.waiting.first).toMatchObject([{ participant: 'B', missing: 70n }]);
    expect(await unwind(tenant, 'B')).toMatchObject({ state: 'SETTLING', settling: { state: 'RELEASING' } });
    await carryOn(tenant);
    expect(await cycleOf(tenant)).toMatchObject({
      ...{ state: 'CONFIRMING', closing: { state: 'NETTING', leaveOutParticipants: ['B'] } },
    });
    // What was set aside is free again.
    expect(await own.balances(tenant, 'A B C D')).toEqual([0n, 0n, 0n, 150n]);
    expect(await carryOnClosing(tenant)).toMatchObject({
      state: 'CLOSED',
      result: { attempt: 2, figures: { moved: 4 } },
    });
    expect(await settle(tenant)).toMatchObject({ state: 'SETTLED' });
    await expectSettledWithoutB(tenant);

    await own.move(tenant, 'outside', 'B', 70n);
    const { store } = own.tools;
    const next = { tenant, cycleId: wednesday };
    await cutOff(store, next, on);
    await askClosing(store, next, {}, { at: '2026-04-02T04:00:00.000Z', cause });
    expect(await carryOnClosing(tenant, wednesday, new Date('2026-04-02T05:00:00.000Z'))).toMatchObject({
      state: 'CLOSED',
      valueDate: '2026-04-03',
    });
    const friday = new Date('2026-04-03T01:00:00.000Z');
    await askSettling(store, next, { at: friday.toISOString(), cause });
    await carryOnSettling(cycleToolsOf(own), { ...next, stepsMax: 100 }, friday);
    expect(await cycleOf(tenant, wednesday)).toMatchObject({ state: 'SETTLED' });
    // A owes 40 more and gets its 20: the 20 are carried, and the centre advances them. C owes 40, B 70; D gets 150 and its 10.
    expect(await own.balances(tenant, 'A B C D')).toEqual([40n, 0n, 40n, 160n]);
    expect(await position(tenant)).toBe(-20n);
    const carried = await store.readCarriedIn(tenant, 'cyc_group_2026-04-02');
    expect(carried.map(({ payer, payee, amount }) => [payer, payee, amount])).toEqual([['A', CENTRE, 20n]]);
  });

  it('may be so before its value date, and keeps its figures from the new closing', async () => {
    const tenant = 'closed';
    await close(await open(tenant), fourParties);
    expect(await unwind(tenant, 'B')).toMatchObject({ state: 'CONFIRMING', closing: { turn: 1 } });
    const asked = await own.snapshot();
    await unwind(tenant, 'B');
    expect(await own.snapshot()).toEqual(asked);
    expect(await carryOnClosing(tenant)).toMatchObject({ state: 'CLOSED' });
    const closed = await own.snapshot();
    await unwind(tenant, 'B');
    expect(await own.snapshot()).toEqual(closed);
    await settle(tenant);
    await expectSettledWithoutB(tenant);
  });

  it('passes on what was carried in by that one', async () => {
    const tenant = 'twice';
    await close(await open(tenant), fourParties);
    await unwind(tenant, 'B');
    await carryOnClosing(tenant);
    // Now A too: what it is owed from before goes back to it in the next cycle, and cancels there.
    await unwind(tenant, 'A');
    await carryOnClosing(tenant);
    // D→C 110 remains, and D gave its 10.
    expect((await rows(tenant)).LEGS).toEqual([
      ['FROM_CENTRE', CENTRE, 'C', 'CNY', 110n],
      ['TO_CENTRE', 'D', CENTRE, 'CNY', 120n],
    ]);
    const carried = await own.tools.store.readCarriedIn(tenant, wednesday);
    expect(carried.map(({ payer, payee, amount }) => [payer, payee, amount])).toEqual([
      [CENTRE, 'A', 20n],
      [CENTRE, 'D', 10n],
      ['A', CENTRE, 20n],
    ]);
    const { lines } = await linesOf(own.tools.store, tenant, wednesday);
    expect(lines).toHaveLength(7);
    await settle(tenant);
    expect(await own.balances(tenant, 'A B C D')).toEqual([0n, 0n, 110n, 30n]);
  });

  it('is refused once it is paid, and names participants that there are not', async () => {
    const tenant = 'paid';
    await close(await open(tenant), [owes('D', 'A', 30n)]);
    await expect(unwind(tenant, 'D', 'X')).rejects.toMatchObject({
      ...{ code: 'netting/participant-not-found', fields: { errors: [{ pointer: '/leaveOut/1' }] } },
    });
    await settle(tenant);
    await expect(unwind(tenant, 'D')).rejects.toMatchObject({
      ...{ code: 'netting/cycle-cannot-unwind', fields: { state: 'SETTLED' } },
    });
  });

  it('leaves nothing set aside by a request to the ledger that arrives late', async () => {
    const tenant = 'late';
    await close(await open(tenant), fourParties);
    await steps.ask(tenant);
    const tools = cycleToolsOf(own);
    const holdTransfers: typeof tools.ledger.holdTransfers = async (of, orders, moment) => {
      await unwind(tenant, 'B');
      await carryOn(tenant);
      return tools.ledger.holdTransfers(of, orders, moment);
    };
    await carryOn(tenant, own, thursday, { ...tools, ledger: { ...tools.ledger, holdTransfers } });
    expect(await cycleOf(tenant)).toMatchObject({ state: 'CONFIRMING' });
    expect(await own.balances(tenant, 'A B C D')).toEqual([0n, 0n, 0n, 150n]);
    await carryOnClosing(tenant);
    await settle(tenant);
    await expectSettledWithoutB(tenant);
  });

  const deaths: readonly Death[] = ['BEFORE', 'AFTER'];
  it.each(deaths)('comes to the same where a process dies %s any of its writes', async (death) => {
    let write = 0;
    for (let isDead = true; isDead; write++) {
      const tenant = `killed-${write}-${death.toLowerCase()}`;
      await close(await open(tenant), fourParties);
      await settle(tenant);
      await unwind(tenant, 'B');
      const dying = own.another();
      const death_ = dieAt(dying.client, write, death);
      await carryOn(tenant, dying).catch(() => undefined);
      isDead = death_.isDead();
      await closeAnew(tenant);
      await settle(tenant);
      await expectSettledWithoutB(tenant);
    }
    // Given free, noted, to be closed anew.
    expect(write).toBe(4);
  });

  it('is so once where two do it at once', async () => {
    const tenant = 'two';
    await close(await open(tenant), fourParties);
    await settle(tenant);
    await Promise.all([unwind(tenant, 'B'), unwind(tenant, 'B')]);
    await Promise.all([carryOn(tenant), carryOn(tenant, own.another()), carryOn(tenant, own.another())]);
    await carryOnClosing(tenant);
    await settle(tenant);
    await expectSettledWithoutB(tenant);
    expect((await cycleOf(tenant, tuesday)).earlier).toHaveLength(1);
  });
});
