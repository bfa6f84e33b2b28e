import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { problems as collectionProblems } from '../../../functions/collection/problems.ts';
import { sendOfCycle } from '../../../functions/netting/bank-payments/send-bank-payments.ts';
import type { BankTools } from '../../../functions/netting/tools.ts';
import { owes } from '../../functions/netting/samples.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { TestBank } from '../settlement/runs-support.ts';
import { atBank, bankPaymentsOf, lookAtDue } from './bank-support.ts';
import { tuesday } from './closing-support.ts';
import { queueOnEngine, type TestQueue } from './queue-support.ts';
import { minutesOnThursday, settlingSteps, thursday } from './settling-support.ts';

const count = 12;

/** B pays 12 participants at their banks, in one message. */
describe('payments that cannot go to the bank yet', () => {
  let own: TestQueue;
  let bank: TestBank;
  let messages: number;
  quietLog();
  beforeAll(async () => {
    own = await queueOnEngine(anEngine());
  });
  beforeEach(() => {
    bank = new TestBank();
    messages = 0;
  });
  afterAll(() => own?.close());
  const { close, settle } = settlingSteps(() => own);

  const ids = Array.from({ length: count }, (_, place) => `P${place}`);
  async function settled(tenant: string, tools: BankTools) {
    const participants = Object.fromEntries(
      ids.map((id, n) => [id, atBank(id, String(51001881236052505000n + BigInt(n)))]),
    );
    const balances = Object.fromEntries(ids.map((id) => [id, 0n]));
    const owed = ids.map((id) => owes('B', id, 10n));
    await close(await own.open(tenant, { B: 120n, ...balances }, { participants }), owed);
    await settle(tenant);
    await sendOfCycle(tools, tenant, tuesday, thursday);
  }

  function toolsOf(send: BankTools['bank']['sendPayments'] = bank.sendPayments): BankTools {
    const sendPayments: typeof send = (...asked) => {
      messages += 1;
      return send(...asked);
    };
    return {
      store: own.tools.store,
      ledger: own.tools.ledger,
      bank: { sendPayments, queryPayments: bank.queryPayments },
    };
  }

  /** Half an hour later the job hands on what is due, and that is looked at; answers the writes that it takes. */
  async function writesOfARound(tenant: string, tools: BankTools, minutes: number) {
    const before = await bankPaymentsOf(own, tenant);
    await lookAtDue(own, tools, tenant, minutesOnThursday(minutes));
    const sum = (all: typeof before) => all.reduce((writes, { revision }) => writes + revision, 0);
    return sum(await bankPaymentsOf(own, tenant)) - sum(before);
  }
  const statesOf = async (tenant: string) =>
    new Set((await bankPaymentsOf(own, tenant)).map(({ attempts }) => attempts[0]?.state));

  it('cost a write each and one message, where there is no way to the bank, and go when there is', async () => {
    const none = toolsOf(async () => {
      throw collectionProblems['bank-channel-missing'].with({ detail: 'There is no bank channel.' });
    });
    await settled('no-channel', none);
    expect(messages).toBe(1);
    expect(await writesOfARound('no-channel', none, 30)).toBe(count);
    expect(messages).toBe(2);
    expect(await statesOf('no-channel')).toEqual(new Set(['DUE']));
    // Once there is a channel: each is put off by the job, and then written as SENT.
    expect(await writesOfARound('no-channel', toolsOf(), 60)).toBe(2 * count);
    expect(messages).toBe(3);
    expect(await statesOf('no-channel')).toEqual(new Set(['SENT']));
    expect(bank.paid.size).toBe(count);
  });

  it('cost the same where the bank does not say what became of them', async () => {
    bank.answer = () => 'UNKNOWN';
    await settled('unknown', toolsOf());
    expect(await writesOfARound('unknown', toolsOf(), 30)).toBe(count);
    expect(messages).toBe(2);
    expect(await statesOf('unknown')).toEqual(new Set(['UNCERTAIN']));
  });
});
