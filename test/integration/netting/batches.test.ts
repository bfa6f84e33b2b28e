import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findCentre } from '../../../functions/netting/centres/keep-centre.ts';
import { presentBatch } from '../../../functions/netting/obligations/present-obligation.ts';
import { readLines } from '../../../functions/netting/obligations/read-lines.ts';
import { takeLines } from '../../../functions/netting/obligations/take-obligations.ts';
import { aNewCentre, aParticipant, on } from '../../functions/netting/intake-samples.ts';
import { anEngine, engines, type TestEngine } from '../../support/engines.ts';
import { keepCentre, linesOf, nettingOnEngine, type TestNetting } from './support.ts';

const today = '2026-03-31';
const tuesday = 'cyc_group_2026-03-31';
const yuan = (amount: string) => ({ amount, currency: 'CNY' });
const line = (reference: string, more: object = {}) => ({
  reference,
  payer: 'A',
  payee: 'B',
  amount: yuan('1.00'),
  ...more,
});

/** Netting for the tests of one block, and how a batch is sent to it. */
function batchesOn(engineOf: () => TestEngine) {
  let netting: TestNetting | undefined;
  beforeAll(async () => {
    netting = await nettingOnEngine(engineOf());
  });
  afterAll(() => netting?.close());
  const own = () => {
    if (!netting) throw new Error('There is no netting before the tests begin.');
    return netting;
  };
  async function send(tenant: string, sent: readonly unknown[]) {
    const centre = await findCentre(own().store, { tenant, centreId: 'ctr_group' });
    return presentBatch(await takeLines(own().store, centre, readLines(sent, today), today, on));
  }
  return { own, send };
}

describe.each(engines())('batches of obligations on $kind', (engine) => {
  const { own, send } = batchesOn(() => engine);

  it('take what is right and tell each fault with its line and field', async () => {
    await keepCentre(
      own(),
      'faults',
      aNewCentre('faults', ['A', 'B'].map((id) => aParticipant(id)).concat(aParticipant('S', { state: 'SUSPENDED' }))),
    );
    const { lines, results } = await send('faults', [
      line('R-1'),
      line('R-2', { payee: 'A' }),
      line('R-3', { payer: 'X' }),
      line('R-4', { payee: 'S' }),
      line('R-5', { amount: { amount: '1', currency: 'USD' } }),
      line('R-6', { amount: yuan('1.001'), more: 1 }),
      'R-7',
      line('R-8', { date: '2027-04-02' }),
      line('R-1', { amount: yuan('2.00') }),
      line('R-1'),
      line('R-9', { date: '2026-03-30' }),
      line('INVOICES/inv_1'),
      line('IC/INVOICES/inv_1'),
    ]);
    expect(lines).toEqual({ sent: 13, accepted: 3, known: 1, refused: 9, movedToNextCycle: 0 });
    const told = results.map((one) =>
      'faults' in one ? one.faults.map(({ code, field }) => `${code} ${field}`) : [one.outcome, one.movedToNextCycle],
    );
    expect(told).toEqual([
      ['ACCEPTED', false],
      ['SAME_PARTY payee'],
      ['PARTICIPANT_NOT_FOUND payer'],
      ['PARTICIPANT_SUSPENDED payee'],
      ['CURRENCY_NOT_NETTED amount.currency'],
      ['MALFORMED amount.amount', 'MALFORMED more'],
      ['MALFORMED '],
      ['DATE_TOO_FAR date'],
      ['REFERENCE_USED reference'],
      ['KNOWN', false],
      ['ACCEPTED', false],
      ['MALFORMED reference'],
      ['ACCEPTED', false],
    ]);
    const { lines: kept } = await linesOf(own().store, 'faults', tuesday);
    expect(kept.map(({ reference }) => reference).sort()).toEqual(['IC/INVOICES/inv_1', 'R-1', 'R-9']);
  });
});

describe('large batches of obligations', () => {
  const { own, send } = batchesOn(anEngine);

  it('have up to 10,000, and are the same when they are sent again', async () => {
    const participants = Array.from({ length: 1_000 }, (_, n) => aParticipant(`P${n}`));
    await keepCentre(own(), 'large', aNewCentre('large', participants));
    const sent = Array.from({ length: 10_000 }, (_, n) =>
      line(`IC-${n}`, { payer: `P${n % 1_000}`, payee: `P${(n * 7 + 1) % 1_000}`, amount: yuan(`${n + 1}.00`) }),
    );
    const first = await send('large', sent);
    expect(first.lines).toEqual({ sent: 10_000, accepted: 10_000, known: 0, refused: 0, movedToNextCycle: 0 });
    const again = await send('large', [...sent].reverse());
    // The very request again, as far as its time and id tell: what it has written is its own.
    expect(again.lines.refused).toBe(0);
    const { lines, counted } = await linesOf(own().store, 'large', tuesday);
    expect([lines.length, counted]).toEqual([10_000, 10_000]);
    // 1 + 2 + … + 10,000 yuan.
    expect(lines.reduce((sum, { amount }) => sum + amount, 0n)).toBe(5_000_500_000n);
  }, 120_000);
});
