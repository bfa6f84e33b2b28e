import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { ReportedPayment } from '../../../functions/collection/published.ts';
import type { AccountStatus } from '../../../functions/ledger/published.ts';
import { handOnOpenPayments } from '../../../functions/netting/bank-payments/hand-on-open.ts';
import { lookAtPayment } from '../../../functions/netting/bank-payments/look-at-open.ts';
import { retryBankPayment } from '../../../functions/netting/bank-payments/retry-bank-payment.ts';
import { sendOfCycle, sendPayment } from '../../../functions/netting/bank-payments/send-bank-payments.ts';
import { takeReport } from '../../../functions/netting/bank-payments/take-report.ts';
import { owes } from '../../functions/netting/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { changeAccount } from '../../support/ledger.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { TestBank } from '../settlement/runs-support.ts';
import { atBank, bankPaymentsOf, friday, settleWednesday } from './bank-support.ts';
import { tuesday } from './closing-support.ts';
import { queueOnEngine, type TestQueue } from './queue-support.ts';
import { minutesOnThursday, onThursday, settlingSteps, thursday } from './settling-support.ts';

/** B has paid 60 in Tuesday's cycle, which C is to be paid at its bank. In Wednesday's C owes B 60, and pays nothing in. */
describe('what a bank is to pay a participant', () => {
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
  const { close, settle, position, payable, payableAccountId } = settlingSteps(() => own);
  const toolsOf = () => ({ store: own.tools.store, ledger: own.tools.ledger, bank });
  const owedBack = owes('C', 'B', 60n);

  async function paymentSent(tenant: string) {
    const participants = { C: atBank('C', '51001881236052505123') };
    await close(await own.open(tenant, { B: 60n, C: 0n }, { participants }), [owes('B', 'C', 60n)]);
    await settle(tenant);
    await sendOfCycle(toolsOf(), tenant, tuesday, thursday);
    return paymentOf(tenant);
  }

  async function paymentOf(tenant: string) {
    const [payment] = await bankPaymentsOf(own, tenant);
    if (!payment) throw new Error('C is paid at its bank.');
    return payment;
  }

  const report = (tenant: string, attemptId: string | undefined, told: Omit<ReportedPayment, 'at'>) =>
    takeReport(toolsOf(), tenant, attemptId ?? '', { at: friday.toISOString(), ...told }, friday);

  const change = (tenant: string, accountId: string, status: AccountStatus) =>
    changeAccount(own.ledgerStore, { tenant, accountId }, { status }, thursday);

  it('is not set aside for what that one owes in the next cycle', async () => {
    const { attempts } = await paymentSent('sent');
    expect(attempts).toMatchObject([{ state: 'SENT' }]);
    expect([await payable('sent', 'C'), await position('sent', 'C')]).toEqual([60n, 0n]);
    const cycle = await settleWednesday(own, 'sent', owedBack);
    expect(cycle).toMatchObject({ state: 'SETTLING', settling: { isWaiting: true } });
    expect(cycle.settling?.waiting.first).toMatchObject([
      { participant: 'C', code: 'SHORT_OF_FUNDS', amount: 60n, missing: 60n },
    ]);
    await report('sent', attempts[0]?.id, { state: 'SETTLED' });
    expect([await payable('sent', 'C'), await position('sent', 'C')]).toEqual([0n, 0n]);
  });

  it('is not set aside either where it failed, and is then paid again', async () => {
    const { id: bankPaymentId, attempts } = await paymentSent('failed');
    await report('failed', attempts[0]?.id, { state: 'REJECTED', text: '户名不符' });
    const cycle = await settleWednesday(own, 'failed', owedBack);
    expect(cycle.settling?.waiting.first).toMatchObject([{ participant: 'C', missing: 60n }]);
    const named = { operation: 'retryNettingBankPayment', key: 'again', fingerprint: 'again', id: 'again' };
    const which = { tenant: 'failed', cycleId: tuesday, bankPaymentId };
    const retried = await retryBankPayment(own.tools.store, which, { ...named, ...onThursday }, friday);
    await sendPayment(toolsOf(), retried, friday);
    await report('failed', retried.attempts[1]?.id, { state: 'SETTLED' });
    expect([await payable('failed', 'C'), await position('failed', 'C')]).toEqual([0n, 0n]);
  });

  it('moves by nobody but netting', async () => {
    await paymentSent('owned');
    const account = await payableAccountId('owned', 'C');
    expect((await own.tools.ledger.readAccounts('owned', [account])).get(account)).toMatchObject({ owner: 'netting' });
  });

  it('is booked as paid once its account is no longer frozen, by the job and once', async () => {
    const tenant = 'frozen';
    const { attempts } = await paymentSent(tenant);
    const accountId = await payableAccountId(tenant, 'C');
    await change(tenant, accountId, 'FROZEN');
    await report(tenant, attempts[0]?.id, { state: 'SETTLED' });
    const refused = await paymentOf(tenant);
    expect(refused.attempts).toMatchObject([
      { state: 'PAID', reason: expect.stringContaining('ledger/account-frozen'), isUnbooked: true },
    ]);
    expect(await payable(tenant, 'C')).toBe(60n);
    // Told again while it is frozen, it is refused under another name.
    await report(tenant, attempts[0]?.id, { state: 'SETTLED' });
    await change(tenant, accountId, 'ACTIVE');
    const whenDue = new Date(friday.getTime() + 30 * 60_000);
    await handOnOpenPayments(own.tools.store, whenDue);
    expect(await paymentOf(tenant)).toMatchObject({ turn: 1 });
    await lookAtPayment(toolsOf(), tenant, refused.id, whenDue);
    expect(await payable(tenant, 'C')).toBe(0n);
    const booked = await paymentOf(tenant);
    expect(booked).not.toHaveProperty('askAt');
    expect(booked.attempts[0]).not.toHaveProperty('reason');
    const before = await own.snapshot();
    await report(tenant, attempts[0]?.id, { state: 'SETTLED' });
    await lookAtPayment(toolsOf(), tenant, refused.id, minutesOnThursday(24 * 60));
    expect(await payable(tenant, 'C')).toBe(0n);
    expect(await own.snapshot()).toEqual(before);
  });

  it('is booked once where two are refused at the same time, and one of them has booked it since', async () => {
    const tenant = 'two-at-once';
    const { attempts } = await paymentSent(tenant);
    const accountId = await payableAccountId(tenant, 'C');
    await change(tenant, accountId, 'FROZEN');
    const { ledger } = own.tools;
    // The slow one is refused; before it can note that, the other is refused too, and books it when it may.
    const postTransfers: typeof ledger.postTransfers = async (...asked) => {
      const answer = await ledger.postTransfers(...asked);
      await report(tenant, attempts[0]?.id, { state: 'SETTLED' });
      await change(tenant, accountId, 'ACTIVE');
      await report(tenant, attempts[0]?.id, { state: 'SETTLED' });
      return answer;
    };
    const slow = { ...toolsOf(), ledger: { ...ledger, postTransfers } };
    await takeReport(slow, tenant, attempts[0]?.id ?? '', { state: 'SETTLED', at: friday.toISOString() }, friday);
    await report(tenant, attempts[0]?.id, { state: 'SETTLED' });
    expect(await payable(tenant, 'C')).toBe(0n);
  });
});
