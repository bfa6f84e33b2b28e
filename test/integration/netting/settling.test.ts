import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { obligationIdOf } from '../../../functions/netting/keys.ts';
import { findObligation } from '../../../functions/netting/obligations/act-on-obligation.ts';
import { presentObligation } from '../../../functions/netting/obligations/present-obligation.ts';
import { settleDueCycles } from '../../../functions/netting/settling/settle-due-cycles.ts';
import { fourParties, owes } from '../../functions/netting/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { tuesday } from './closing-support.ts';
import { centreId, queueOnEngine, type TestQueue } from './queue-support.ts';
import { CENTRE, cycleToolsOf, minutesOnThursday, ROUNDING, settlingSteps, thursday } from './settling-support.ts';

/** Of the eight obligations A is left with +20, B with −70, C with +40, D with +10. */
describe('the settlement of a cycle', () => {
  let own: TestQueue;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  afterAll(() => own?.close());
  const { close, settle, ask, carryOn, cycleOf, position, rows, rates } = settlingSteps(() => own);

  const obligationOf = async (tenant: string, reference: string) => {
    const obligationId = obligationIdOf(tenant, centreId, reference);
    const { obligation, cycle } = await findObligation(own.tools.store, { tenant, obligationId });
    return presentObligation(obligation, cycle.state);
  };

  it('pays through the centre what each is left with, and every obligation is settled with it', async () => {
    const centre = await own.open('eight', { A: 0n, B: 100n, C: 0n, D: 5n });
    const closed = await close(centre, fourParties);
    expect(closed).toMatchObject({ state: 'CLOSED', valueDate: '2026-04-02', settleFrom: '2026-04-01T16:00:00.000Z' });
    expect(await obligationOf('eight', 'R-3')).toMatchObject({ cycleState: 'CLOSED', settled: false });
    const settled = await settle('eight');
    expect(settled).toMatchObject({ state: 'SETTLED', settledAt: thursday.toISOString() });
    expect(settled).not.toHaveProperty('settling');
    expect(await own.balances('eight', 'A B C D')).toEqual([20n, 30n, 40n, 15n]);
    expect(await position('eight')).toBe(0n);
    expect(await obligationOf('eight', 'R-3')).toMatchObject({
      cycleId: tuesday,
      cycleState: 'SETTLED',
      settled: true,
    });
    const before = await own.snapshot();
    expect(await settle('eight')).toEqual(settled);
    expect(await own.snapshot()).toEqual(before);
  });

  it('pays directly where the centre does', async () => {
    const centre = await own.open('direct', { A: 0n, B: 70n, C: 0n, D: 0n }, { terms: { payments: 'DIRECT' } });
    await close(centre, fourParties);
    await settle('direct');
    expect(await own.balances('direct', 'A B C D')).toEqual([20n, 0n, 40n, 10n]);
    expect(await position('direct')).toBe(0n);
  });

  it('pays directly, and through the centre between two of an excluded pair', async () => {
    const pairs = { excludedPairs: [['A', 'B'] as const] };
    const centre = await own.open(
      'apart',
      { A: 120n, B: 190n, C: 0n, D: 0n },
      { terms: { payments: 'DIRECT' }, pairs },
    );
    // A owes B 120 and B owes A 80, both in full; of the rest B pays 110: 40 to C and 10 to D, and 60 to A through the centre.
    await close(centre, fourParties);
    expect(
      (await rows('apart')).LEGS.map(([kind, payer, payee, , amount]) => `${kind} ${payer}→${payee} ${amount}`),
    ).toEqual([
      `FROM_CENTRE ${CENTRE}→A 60`,
      `TO_CENTRE B→${CENTRE} 60`,
      'DIRECT B→C 40',
      'DIRECT B→D 10',
      'GROSS A→B 120',
      'GROSS B→A 80',
    ]);
    await settle('apart');
    expect(await own.balances('apart', 'A B C D')).toEqual([140n, 120n, 40n, 10n]);
    expect(await position('apart')).toBe(0n);
  });

  it('of one in which all come to zero moves nothing', async () => {
    const centre = await own.open('zero', { A: 0n, B: 0n });
    await close(centre, [owes('A', 'B', 30n), owes('B', 'A', 30n)]);
    expect(await settle('zero')).toMatchObject({ state: 'SETTLED' });
    expect(await obligationOf('zero', 'R-0')).toMatchObject({ settled: true });
  });

  it('is not before its value date, and then by itself', async () => {
    const centre = await own.open('value-date', { A: 0n, B: 70n, C: 0n, D: 0n });
    await close(centre, fourParties);
    const tooEarly = new Date('2026-04-01T15:59:59.000Z');
    await expect(ask('value-date', tooEarly)).rejects.toMatchObject({
      code: 'netting/value-date-not-reached',
      fields: { valueDate: '2026-04-02' },
    });
    expect(await settleDueCycles(own.tools.store, tooEarly)).toEqual([]);
    expect(await cycleOf('value-date')).toMatchObject({ state: 'CLOSED' });
    const midnight = new Date('2026-04-01T16:00:00.000Z');
    expect(await settleDueCycles(own.tools.store, midnight)).toEqual([]);
    expect(await cycleOf('value-date')).toMatchObject({ state: 'SETTLING', settling: { turn: 1 } });
    expect(await carryOn('value-date', own, midnight)).toMatchObject({ state: 'SETTLED' });
  });

  it('of one that is not closed is refused', async () => {
    await own.open('open', { A: 0n, B: 0n });
    await expect(ask('open')).rejects.toMatchObject({ code: 'netting/cycle-not-closed', fields: { state: 'OPEN' } });
  });

  it('moves nothing while one is short, says who and of how much, and goes on when there is more', async () => {
    // A is left with −60, B with −40, C with +100.
    const centre = await own.open('short', { A: 60n, B: 15n, C: 0n });
    await close(centre, [owes('A', 'C', 60n), owes('B', 'C', 40n)]);
    const waiting = await settle('short');
    expect(waiting).toMatchObject({ state: 'SETTLING', settling: { state: 'HOLDING', isWaiting: true, legsHeld: 2 } });
    expect(waiting.settling?.waiting).toMatchObject({
      count: 1,
      first: [{ participant: 'B', code: 'SHORT_OF_FUNDS', amount: 40n, missing: 25n }],
    });
    expect(await obligationOf('short', 'R-0')).toMatchObject({ cycleState: 'SETTLING', settled: false });
    // What A has to pay is set aside, and is still on its account.
    const accountId = await own.accountOf('short', 'A');
    const account = (await own.tools.ledger.readAccounts('short', [accountId])).get(accountId);
    expect(account).toMatchObject({ posted: 60n, pendingOut: 60n });
    await own.move('short', 'outside', 'B', 24n);
    expect((await settle('short')).settling?.waiting).toMatchObject({ first: [{ missing: 1n }] });
    await own.move('short', 'outside', 'B', 1n);
    // A quarter of an hour later the job asks again.
    expect(await settleDueCycles(own.tools.store, minutesOnThursday(14))).toEqual([]);
    expect(await carryOn('short', own, minutesOnThursday(14))).toMatchObject({ state: 'SETTLING' });
    expect(await settleDueCycles(own.tools.store, minutesOnThursday(15))).toEqual([]);
    expect(await carryOn('short', own, minutesOnThursday(15))).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances('short', 'A B C')).toEqual([0n, 0n, 100n]);
    expect(await position('short')).toBe(0n);
  });

  it('names whom the ledger refuses when balances move after they were read', async () => {
    const centre = await own.open('moved', { A: 60n, B: 40n, C: 0n });
    await close(centre, [owes('A', 'C', 60n), owes('B', 'C', 40n)]);
    await ask('moved');
    const tools = cycleToolsOf(own);
    let isSpent = false;
    const holdTransfers: typeof tools.ledger.holdTransfers = async (tenant, orders, moment) => {
      if (!isSpent) await own.move('moved', 'B', 'outside', 1n);
      isSpent = true;
      return tools.ledger.holdTransfers(tenant, orders, moment);
    };
    const waiting = await carryOn('moved', own, thursday, { ...tools, ledger: { ...tools.ledger, holdTransfers } });
    expect(waiting.settling).toMatchObject({ isWaiting: true, round: 2, legsHeld: 2 });
    expect(waiting.settling?.waiting.first).toMatchObject([{ participant: 'B', amount: 40n, missing: 1n }]);
    await own.move('moved', 'outside', 'B', 1n);
    expect(await settle('moved')).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances('moved', 'A B C')).toEqual([0n, 0n, 100n]);
  });

  it('waits for one whose account is closed until it has another', async () => {
    const centre = await own.open('closed', { A: 60n, C: 0n });
    await close(centre, [owes('A', 'C', 60n)]);
    const tools = cycleToolsOf(own);
    const isClosed = await own.accountOf('closed', 'C');
    const readAccounts: typeof tools.ledger.readAccounts = async (tenant, ids) => {
      const found = await tools.ledger.readAccounts(tenant, ids);
      return new Map([...found].map(([id, one]) => [id, id === isClosed ? { ...one, status: 'CLOSED' } : one]));
    };
    await ask('closed');
    const waiting = await carryOn('closed', own, thursday, { ...tools, ledger: { ...tools.ledger, readAccounts } });
    expect(waiting.settling?.waiting.first).toMatchObject([
      { participant: 'C', code: 'ACCOUNT', detail: 'The account is closed; name an open one.' },
    ]);
    expect(await settle('closed')).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances('closed', 'A C')).toEqual([0n, 60n]);
  });

  it('keeps positions of those without an account on accounts of the centre', async () => {
    const centre = await own.open('no-account', { A: 0n, C: 0n }, { participants: { A: { accounts: [] } } });
    await close(centre, [owes('A', 'C', 60n)]);
    expect(await settle('no-account')).toMatchObject({ state: 'SETTLED' });
    expect([await position('no-account', 'A'), await position('no-account')]).toEqual([-60n, 0n]);
    expect(await own.balances('no-account', 'C')).toEqual([60n]);
  });

  it('lets no account below zero, unless it may be overdrawn', async () => {
    const constraints = {
      A: { type: 'OVERDRAFT_LIMIT', minor: 100n },
      B: { type: 'MIN_BALANCE', minor: 10n },
    } as const;
    const centre = await own.open('floors', { A: 0n, B: 45n, C: 0n }, { constraints });
    await close(centre, [owes('A', 'C', 60n), owes('B', 'C', 40n)]);
    expect((await settle('floors')).settling?.waiting.first).toMatchObject([{ participant: 'B', missing: 5n }]);
    await own.move('floors', 'outside', 'B', 5n);
    await settle('floors');
    expect(await own.balances('floors', 'A B C')).toEqual([-60n, 10n, 100n]);
  });

  it('converts at the rates of the cycle, and what rounding leaves over stands on an account of its own', async () => {
    rates.set('EUR', { numerator: 7_815n, denominator: 1_000n });
    const terms = { settlement: 'HOME_CURRENCY', rateSet: 'group' } as const;
    const centre = await own.open('home', { A: 23n, B: 0n, C: 0n, D: 0n }, { terms });
    // 0.03 euro are 0.23445 yuan, 0.01 are 0.07815: A pays 0.23, and three get 0.08 each.
    await close(centre, [owes('A', 'B', 1n, 'EUR'), owes('A', 'C', 1n, 'EUR'), owes('A', 'D', 1n, 'EUR')]);
    expect(await settle('home')).toMatchObject({ state: 'SETTLED', result: { figures: { residue: -1n } } });
    expect(await own.balances('home', 'A B C D')).toEqual([0n, 8n, 8n, 8n]);
    expect([await position('home'), await position('home', ROUNDING)]).toEqual([0n, -1n]);
  });

  it('carries what is below the minimum, and the centre advances it until it is paid', async () => {
    const minimumPayments = [{ currency: 'CNY', amount: 50n }] as const;
    const centre = await own.open('carried', { A: 0n, B: 70n, C: 0n, D: 0n }, { terms: { minimumPayments } });
    await close(centre, fourParties);
    await settle('carried');
    // B pays its 70; A's 20, C's 40 and D's 10 are owed to them in the next cycle, by the centre, which has the 70.
    expect(await own.balances('carried', 'A B C D')).toEqual([0n, 0n, 0n, 0n]);
    expect(await position('carried')).toBe(70n);
    const carried = await own.tools.store.readCarriedIn('carried', 'cyc_group_2026-04-01');
    expect(carried.map(({ payer, payee, amount }) => [payer, payee, amount])).toEqual([
      [CENTRE, 'A', 20n],
      [CENTRE, 'C', 40n],
      [CENTRE, 'D', 10n],
    ]);
    expect((await rows('carried')).LEGS).toEqual([['TO_CENTRE', 'B', CENTRE, 'CNY', 70n]]);
  });

  it('of more legs than one transfer holds is whole', async () => {
    const payers = Array.from({ length: 90 }, (_, place) => `P${place}`);
    const centre = await own.open('many', { ...Object.fromEntries(payers.map((id) => [id, 7n])), Z: 0n });
    await close(
      centre,
      payers.map((id) => owes(id, 'Z', 7n)),
    );
    expect(await settle('many')).toMatchObject({ state: 'SETTLED' });
    expect(await own.balances('many', [...payers, 'Z'].join(' '))).toEqual([...payers.map(() => 0n), 630n]);
  });
});
