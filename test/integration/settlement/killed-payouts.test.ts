import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { ReportedPayment } from '../../../functions/collection/published.ts';
import { askForRetry } from '../../../functions/settlement/settlements/ask-for-retry.ts';
import type { RunTools } from '../../../functions/settlement/settlements/carry-on-run.ts';
import { payRetried } from '../../../functions/settlement/settlements/pay-retried.ts';
import { lastPayout } from '../../../functions/settlement/settlements/settlement.ts';
import { takeReport } from '../../../functions/settlement/settlements/take-report.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { claim } from './journal-support.ts';
import { openDue } from './payouts-support.ts';
import { now, runsOnEngine, silentAt, type TestRuns, tenant } from './runs-support.ts';

/** Writes of an unhindered return and retry here, and calls of ledger and bank, and one: that none is left out is asserted. */
const stepsMax = 9;

/** A payout comes back, is tried again and arrives. Whoever works it off is killed at each step, and it is told again. */
describe('a payout that comes back and is paid again', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  async function prepare(name: string) {
    const merchantId = `mer_${name}`;
    const market = await openDue(own, `mkt_${name}`, { [merchantId]: 1_000n });
    await own.run(market.id, name);
    return { market, merchantId };
  }

  type Prepared = Awaited<ReturnType<typeof prepare>>;

  async function tellAll(tools: RunTools, { merchantId }: Prepared) {
    const settlement = await own.settlementOf(merchantId);
    const report = async (place: number, told: Omit<ReportedPayment, 'at'>) => {
      const line = (await own.settlementOf(merchantId)).payouts[place];
      await takeReport(tools, tenant, line?.id ?? '', { ...told, at: now.toISOString() }, now);
    };
    await report(0, { state: 'SETTLED' });
    await report(0, { state: 'RETURNED', amount: 1_000n });
    await askForRetry(tools, tenant, settlement.id, claim(merchantId), now);
    await payRetried(tools, tenant, settlement.id, now);
    await report(1, { state: 'SETTLED' });
  }

  async function endOf({ market, merchantId }: Prepared) {
    const settlement = await own.settlementOf(merchantId);
    const merchant = await own.store.readMerchant(tenant, merchantId);
    return {
      payouts: settlement.payouts.map(({ amount, state, attempt }) => ({ amount, state, attempt })),
      askAt: lastPayout(settlement)?.state === 'PAID' ? settlement.askAt : 'open',
      owed: await own.held(merchant?.payableAccountId ?? ''),
      inTransit: await own.held(market.accounts.inTransit),
      paidOut: await own.held(market.accounts.paidOut),
      sent: [...own.bank.paid.values()].filter(({ references }) => references?.marketId === market.id).length,
    };
  }

  const end = {
    payouts: [
      { amount: 1_000n, state: 'RETURNED', attempt: 1 },
      { amount: 1_000n, state: 'PAID', attempt: 1 },
    ],
    ...{ askAt: undefined, owed: 0n, inTransit: 0n, paidOut: 1_000n, sent: 2 },
  };

  const deaths: Death[] = ['BEFORE', 'AFTER'];
  it.each(deaths)('comes to the same end, killed %s any write of its table', async (death) => {
    let lived = false;
    for (let write = 0; write < stepsMax && !lived; write++) {
      const killed = await prepare(`${death.toLowerCase()}${write}`);
      const client = own.newClient();
      const { isDead } = dieAt(client, write, death);
      await tellAll(own.runsOver(client), killed).catch(() => undefined);
      lived = !isDead();
      await tellAll(own.runs, killed);
      expect({ death, write, ...(await endOf(killed)) }).toEqual({ death, write, ...end });
    }
    expect(lived).toBe(true);
  });

  it('comes to the same end where the ledger or the bank did what it was asked and did not say so', async () => {
    let lived = false;
    for (let silent = 0; silent < stepsMax && !lived; silent++) {
      const killed = await prepare(`silent${silent}`);
      lived = await tellAll(silentAt(own.runs, silent), killed).then(
        () => true,
        () => false,
      );
      await tellAll(own.runs, killed);
      expect({ silent, ...(await endOf(killed)) }).toEqual({ silent, ...end });
    }
    expect(lived).toBe(true);
  });

  it('is paid again once where several work it off at once', async () => {
    const both = await prepare('both');
    await Promise.all([1, 2, 3].map(() => tellAll(own.runs, both).catch(() => undefined)));
    await tellAll(own.runs, both);
    expect(await endOf(both)).toEqual(end);
  });
});
