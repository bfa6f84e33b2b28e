import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { type ReportedPayment, readReported } from '../../../functions/collection/published.ts';
import type { BankPayment } from '../../../functions/netting/bank-payments/bank-payment.ts';
import { findBankPayment, retryBankPayment } from '../../../functions/netting/bank-payments/retry-bank-payment.ts';
import { sendOfCycle, sendPayment } from '../../../functions/netting/bank-payments/send-bank-payments.ts';
import { takeReport } from '../../../functions/netting/bank-payments/take-report.ts';
import { findCentre, putParticipants } from '../../../functions/netting/centres/keep-centre.ts';
import { bankAccountOf } from '../../../functions/netting/settling/own-accounts.ts';
import { cause } from '../../functions/netting/intake-samples.ts';
import { owes } from '../../functions/netting/samples.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { TestBank } from '../settlement/runs-support.ts';
import { atBank, bankPaymentsOf, lookAtDue } from './bank-support.ts';
import { tuesday } from './closing-support.ts';
import { centreId, queueOnEngine, type TestProcess, type TestQueue } from './queue-support.ts';
import { cycleToolsOf, minutesOnThursday, onThursday, settlingSteps, thursday } from './settling-support.ts';

/** B pays 60 to C and 40 to D, who have accounts at banks. */
describe('receivers with accounts at banks', () => {
  let own: TestQueue;
  let bank: TestBank;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  beforeEach(() => {
    bank = new TestBank();
  });
  afterAll(() => own?.close());
  const { close, settle, ask, carryOn, cycleOf, position, payable } = settlingSteps(() => own);

  const toolsOf = ({ tools: { store, ledger } }: TestProcess = own) => ({ store, ledger, bank });

  async function closed(tenant: string) {
    const participants = { C: atBank('C', '51001881236052505123'), D: atBank('D', '51001881236052505124') };
    await close(await own.open(tenant, { B: 100n, C: 0n, D: 0n }, { participants }), [
      owes('B', 'C', 60n),
      owes('B', 'D', 40n),
    ]);
  }

  async function settled(tenant: string) {
    await closed(tenant);
    await settle(tenant);
    await sendOfCycle(toolsOf(), tenant, tuesday, thursday);
    return paymentsOf(tenant);
  }

  const paymentsOf = (tenant: string) => bankPaymentsOf(own, tenant);

  /** What was paid out to banks, and what is owed to C and D still. */
  async function booked(tenant: string) {
    const centre = await findCentre(own.tools.store, { tenant, centreId });
    const accountId = await cycleToolsOf(own).ledger.openAccountOnce(tenant, bankAccountOf(centre, 'CNY'), thursday);
    const out = (await own.tools.ledger.readAccounts(tenant, [accountId])).get(accountId)?.posted;
    return [out, await payable(tenant, 'C'), await payable(tenant, 'D')];
  }

  /** What the job hands on so many minutes later is looked at. */
  const lookAtDueAfter = (tenant: string, minutes: number) =>
    lookAtDue(own, toolsOf(), tenant, minutesOnThursday(minutes));

  const report = (tenant: string, attemptId: string, told: Omit<ReportedPayment, 'at'>) =>
    takeReport(toolsOf(), tenant, attemptId, { at: onThursday.at, ...told }, thursday);
  const statesOf = (payment: BankPayment) => payment.attempts.map(({ state }) => state);

  it('are owed by the centre when the cycle is settled, and are paid there in one message', async () => {
    const [one, other] = await settled('paid');
    expect(await cycleOf('paid')).toMatchObject({ state: 'SETTLED' });
    expect(await booked('paid')).toEqual([0n, 60n, 40n]);
    expect(one).toMatchObject({
      participant: 'C',
      amount: 60n,
      attempts: [{ state: 'SENT', carriedOn: '2026-04-02' }],
    });
    expect([...bank.messages.keys()]).toEqual([`${tuesday}/1/0`]);
    expect([...bank.paid.values()]).toMatchObject([
      { amount: 60n, payee: { name: 'C Ltd', number: '51001881236052505123' }, businessDate: '2026-04-02' },
      { amount: 40n, payee: { name: 'D Ltd' }, references: { cycleId: tuesday, participant: 'D' } },
    ]);
    const [paid = '', also = ''] = [one?.attempts[0]?.id, other?.attempts[0]?.id];
    await report('paid', paid, { state: 'SETTLED' });
    expect(await booked('paid')).toEqual([60n, 0n, 40n]);
    const before = await own.snapshot();
    // Told again, in another order, and of a number that is not ours.
    await report('paid', paid, { state: 'SETTLED' });
    await report('paid', paid, { state: 'ACCEPTED' });
    await report('paid', '01KN1QZX0E3V8Q6X0T1M4N7P2R-1', { state: 'SETTLED' });
    expect(await own.snapshot()).toEqual(before);
    await report('paid', also, { state: 'SETTLED' });
    expect(await booked('paid')).toEqual([100n, 0n, 0n]);
  });

  it('are paid again under another number when the account is mended, and the cycle stays settled', async () => {
    const tenant = 'failed';
    const [one] = await settled(tenant);
    const first = one?.attempts[0]?.id ?? '';
    await report(tenant, first, { state: 'REJECTED', text: '户名不符' });
    const which = { tenant, cycleId: tuesday, bankPaymentId: one?.id ?? '' };
    expect(await findBankPayment(own.tools.store, which)).toMatchObject({
      attempts: [{ state: 'FAILED', reason: '户名不符' }],
    });
    expect(await booked(tenant)).toEqual([0n, 60n, 40n]);
    const mended = atBank('C', '6228480402564890018');
    const tools = { store: own.tools.store, ledger: own.tools.ledger };
    await putParticipants(tools, { tenant, centreId }, [mended], onThursday);
    const claim = (key: string) => ({
      ...{ operation: 'retryNettingBankPayment', key, fingerprint: key, id: key, at: onThursday.at, cause },
    });
    const retried = await retryBankPayment(own.tools.store, which, claim('once'), thursday);
    expect(statesOf(retried)).toEqual(['FAILED', 'DUE']);
    expect(await retryBankPayment(own.tools.store, which, claim('once'), thursday)).toEqual(retried);
    await expect(retryBankPayment(own.tools.store, which, claim('other'), thursday)).rejects.toMatchObject({
      ...{ code: 'netting/nothing-to-retry', fields: { state: 'DUE' } },
    });
    await sendPayment(toolsOf(), retried, thursday);
    const second = retried.attempts[1]?.id ?? '';
    expect(second).not.toBe(first);
    expect(bank.paid.get(second)).toMatchObject({ amount: 60n, payee: { number: '6228480402564890018' } });
    await report(tenant, second, { state: 'SETTLED' });
    expect(await booked(tenant)).toEqual([60n, 0n, 40n]);
    // What has failed stays so, whatever is told late.
    await report(tenant, first, { state: 'SETTLED' });
    expect(await booked(tenant)).toEqual([60n, 0n, 40n]);
    expect(await cycleOf(tenant)).toMatchObject({ state: 'SETTLED' });
  });

  it('are owed again what comes back, each part once, and are paid that again', async () => {
    const tenant = 'returned';
    const [one] = await settled(tenant);
    const first = one?.attempts[0]?.id ?? '';
    await report(tenant, first, { state: 'RETURNED', amount: 10n });
    expect(await booked(tenant)).toEqual([50n, 10n, 40n]);
    // The statement of the day has both returns added up.
    await report(tenant, first, { state: 'RETURNED', amount: 15n });
    await report(tenant, first, { state: 'RETURNED', amount: 10n });
    await report(tenant, first, { state: 'SETTLED' });
    expect(await booked(tenant)).toEqual([45n, 15n, 40n]);
    const which = { tenant, cycleId: tuesday, bankPaymentId: one?.id ?? '' };
    const claim = {
      operation: 'retryNettingBankPayment',
      key: 'k',
      fingerprint: 'k',
      id: 'k',
      at: onThursday.at,
      cause,
    };
    const retried = await retryBankPayment(own.tools.store, which, claim, thursday);
    expect(retried.attempts).toMatchObject([
      { state: 'RETURNED', returns: [{ amount: 10n }, { amount: 5n }] },
      { state: 'DUE', amount: 15n },
    ]);
    await sendPayment(toolsOf(), retried, thursday);
    await report(tenant, retried.attempts[1]?.id ?? '', { state: 'SETTLED' });
    expect(await booked(tenant)).toEqual([60n, 0n, 40n]);
  });

  it('are owed again each piece that comes back, of whatever day, the one that a bank names twice once', async () => {
    const tenant = 'pieces';
    const [one] = await settled(tenant);
    const tell = (data: object) =>
      takeReport(toolsOf(), tenant, one?.attempts[0]?.id ?? '', readReported(data), thursday);
    const yuan = (amount: string) => ({ amount, currency: 'CNY' });
    const entry = (reference: string) => [{ references: [reference], amount: yuan('0.10') }];
    await tell({ state: 'SETTLED', at: '2026-04-02T02:00:00.000Z' });
    const first = { state: 'RETURNED', at: '2026-04-02T03:00:00.000Z', amount: yuan('0.10'), entries: entry('E-1') };
    const second = { state: 'RETURNED', at: '2026-04-03T03:00:00.000Z', amount: yuan('0.10'), entries: entry('E-2') };
    for (const told of [first, second, first, second]) await tell(told);
    expect(await booked(tenant)).toEqual([40n, 20n, 40n]);
    // Two of ten on one day, as the bank names them apart.
    await tell({ ...second, entries: entry('E-3') });
    expect(await booked(tenant)).toEqual([30n, 30n, 40n]);
  });

  it('are paid by the job where the message broke off, or what became of it is not known', async () => {
    const tenant = 'open';
    await closed(tenant);
    await settle(tenant);
    bank.answer = () => 'UNKNOWN';
    await sendOfCycle(toolsOf(), tenant, tuesday, thursday);
    expect((await paymentsOf(tenant)).map(statesOf)).toEqual([['UNCERTAIN'], ['UNCERTAIN']]);
    bank.answer = () => 'TAKEN';
    await lookAtDueAfter(tenant, 29);
    expect((await paymentsOf(tenant)).map(statesOf)).toEqual([['UNCERTAIN'], ['UNCERTAIN']]);
    await lookAtDueAfter(tenant, 30);
    const [one, other] = await paymentsOf(tenant);
    expect([one, other].map((payment) => payment && statesOf(payment))).toEqual([['SENT'], ['SENT']]);
    // Of what the bank has, it is asked.
    const orderId = one?.attempts[0]?.id ?? '';
    const told = { orderId, state: 'SETTLED', currency: 'CNY', at: onThursday.at, source: 'query' } as const;
    bank.reports.set(orderId, [told]);
    await lookAtDueAfter(tenant, 90);
    expect((await paymentsOf(tenant)).map(statesOf)).toEqual([['PAID'], ['SENT']]);
  });

  it('pay in to their position first where they pay', async () => {
    const tenant = 'pays-in';
    const participants = { B: atBank('B', '51001881236052505125') };
    await close(await own.open(tenant, { B: 0n, C: 0n }, { participants }), [owes('B', 'C', 60n)]);
    const { settling } = await settle(tenant);
    expect(settling?.waiting.first).toMatchObject([{ participant: 'B', code: 'SHORT_OF_FUNDS', missing: 60n }]);
    const [debitAccountId, creditAccountId = ''] = [
      await own.accountOf(tenant, 'outside'),
      settling?.waiting.first[0]?.accountId,
    ];
    const legs = [{ debitAccountId, creditAccountId, amount: 60n, currency: 'CNY' }];
    await own.tools.ledger.postTransfers(tenant, [{ name: ['test', 'in'], fingerprint: '', legs, cause }], thursday);
    expect(await settle(tenant)).toMatchObject({ state: 'SETTLED' });
    expect([await position(tenant, 'B'), ...(await own.balances(tenant, 'C'))]).toEqual([0n, 60n]);
    expect(await paymentsOf(tenant)).toEqual([]);
  });

  const deaths: readonly Death[] = ['BEFORE', 'AFTER'];
  it.each(deaths)('are paid once where a process dies %s any of its writes', async (death) => {
    let write = 0;
    for (let isDead = true; isDead; write++) {
      const tenant = `killed-${write}-${death.toLowerCase()}`;
      bank = new TestBank();
      await closed(tenant);
      await ask(tenant);
      const dying = own.another();
      const watched = dieAt(dying.client, write, death);
      await carryOn(tenant, dying).catch(() => undefined);
      await sendOfCycle(toolsOf(dying), tenant, tuesday, thursday).catch(() => undefined);
      isDead = watched.isDead();
      await carryOn(tenant);
      await sendOfCycle(toolsOf(), tenant, tuesday, thursday);
      expect((await paymentsOf(tenant)).map(statesOf), `write ${write}`).toEqual([['SENT'], ['SENT']]);
      expect([...bank.paid.values()].map(({ amount }) => amount)).toEqual([60n, 40n]);
      expect(await booked(tenant)).toEqual([0n, 60n, 40n]);
    }
    expect(write).toBeGreaterThan(15);
  });
});
