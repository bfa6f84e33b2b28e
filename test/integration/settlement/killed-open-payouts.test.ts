import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { Payout } from '../../../functions/settlement/merchants/merchant.ts';
import type { RunTools } from '../../../functions/settlement/settlements/carry-on-run.ts';
import { movedOnMarket } from '../../../functions/settlement/settlements/moved-by.ts';
import { reconsiderPayouts } from '../../../functions/settlement/settlements/reconsider.ts';
import { takeNetting } from '../../../functions/settlement/settlements/take-netting.ts';
import { cutOffEvent, settledEvent, tuesday } from '../../functions/netting/telling/told-by-netting.ts';
import { type Death, dieAt } from '../../support/dying-clients.ts';
import { anEngine } from '../../support/engines.ts';
import { quietLog } from '../../support/quiet-log.ts';
import { booksOf, openDue } from './payouts-support.ts';
import { hoursLater, now, runsOnEngine, silentAt, type TestRuns, tenant } from './runs-support.ts';

/** Writes of an unhindered look here, and calls of ledger and bank, and one: that none is left out is asserted. */
const stepsMax = 6;
const deaths: readonly Death[] = ['BEFORE', 'AFTER'];

/** 10.00 of a merchant, open when the job of the hour looks at it. */
interface Open {
  readonly market: Market;
  readonly merchantId: string;
}

/** The job of an hour is killed at each step, and no event comes again: that of the hours after has to see to it. */
describe('an open payout', () => {
  let own: TestRuns;
  quietLog();
  beforeAll(async () => {
    own = await runsOnEngine(anEngine());
  });
  afterAll(() => own?.close());

  async function open(name: string): Promise<Open & { readonly settlementId: string; readonly payoutId: string }> {
    const merchantId = `mer_${name}`;
    const market = await openDue(own, `mkt_${name}`, { [merchantId]: 1_000n });
    await own.run(market.id, name);
    const { id, payouts } = await own.settlementOf(merchantId);
    return { market, merchantId, settlementId: id, payoutId: payouts[0]?.id ?? '' };
  }

  /** The bank has it; asked, it says that all of it came back. */
  async function cameBack(name: string): Promise<Open> {
    own.bank.answer = () => 'TAKEN';
    const { payoutId, ...opened } = await open(name);
    const told = { orderId: payoutId, at: now.toISOString(), source: 'test', currency: 'CNY' } as const;
    own.bank.reports.set(payoutId, [{ ...told, state: 'RETURNED', amount: 1_000n }]);
    return opened;
  }

  /** Nobody knows whether the bank has it, and a netting cycle has paid it meanwhile; handed over again, the bank does not take it. */
  async function madeUpFor(name: string): Promise<Open> {
    own.bank.answer = () => 'UNKNOWN';
    const { settlementId, ...opened } = await open(name);
    await takeNetting(own.runs, cutOffEvent([settlementId], { tenant, cycleId: tuesday, revision: 1 }), now);
    await takeNetting(own.runs, settledEvent('PAYOUTS', [[settlementId, 1_000n]], { tenant, cycleId: tuesday }), now);
    own.bank.answer = () => 'NOT_TAKEN';
    return opened;
  }

  /** The bank does not take it, and the merchant has told another account since. */
  async function mended(name: string): Promise<Open> {
    own.bank.answer = () => 'NOT_TAKEN';
    const { market, merchantId } = await open(name);
    own.bank.answer = () => 'TAKEN';
    const merchant = await own.merchantOf(merchantId);
    const payout = {
      to: 'BANK',
      name: '新户',
      account: { number: '6222020200011223344', bank: { bic: 'ICBKCNBJXXX' } },
    };
    await own.store.replaceMerchant({ ...merchant, payout: payout as Payout, revision: merchant.revision + 1 });
    return { market, merchantId };
  }

  const books = ({ market, merchantId }: Open) => booksOf(own, market, merchantId);

  /** It is owed again, and goes once to the account that takes the place of the closed one. */
  async function endOfCameBack(opened: Open) {
    const owed = await books(opened);
    const accountId = await own.account(`of ${opened.merchantId}`);
    const merchant = await own.merchantOf(opened.merchantId);
    const payout = { to: 'LEDGER', accountId } as const;
    await own.store.replaceMerchant({ ...merchant, payout, revision: merchant.revision + 1 });
    for (const hours of [6, 8]) expect(await reconsiderPayouts(own.runs, hoursLater(hours))).toEqual([]);
    return { owed, ...(await endOfMadeUpFor(opened)), paid: await own.held(accountId) };
  }

  /** It went once to the other account, and arrived. */
  async function endOfMended(opened: Open) {
    const { payouts } = await own.settlementOf(opened.merchantId);
    const id = payouts.at(-1)?.id ?? '';
    const told = { orderId: id, at: now.toISOString(), source: 'test', currency: 'CNY' } as const;
    own.bank.reports.set(id, [{ ...told, state: 'SETTLED' }]);
    for (const hours of [6, 8]) expect(await reconsiderPayouts(own.runs, hoursLater(hours))).toEqual([]);
    const sent = [...own.bank.paid.values()].filter(({ references }) => references?.marketId === opened.market.id);
    return { ...(await endOfMadeUpFor(opened)), sent: sent.length };
  }

  /** Nothing is owed to anybody, and nothing on its way. */
  async function endOfMadeUpFor(opened: Open) {
    const settlement = await own.settlementOf(opened.merchantId);
    const { payouts, askAt } = settlement;
    const held = await books(opened);
    expect(held).toMatchObject(movedOnMarket(settlement));
    return { states: payouts.map(({ state }) => state), askAt, books: held };
  }

  const nothing = { payable: 0n, inTransit: 0n, paidOut: 0n, claims: 0n };
  const stories = [
    {
      ...{ name: 'that came back', prepare: cameBack, endOf: endOfCameBack },
      end: {
        ...{ owed: { ...nothing, payable: 1_000n }, states: ['RETURNED', 'PAID'], askAt: undefined },
        ...{ books: nothing, paid: 1_000n },
      },
    },
    {
      ...{ name: 'that failed after a cycle had paid it', prepare: madeUpFor, endOf: endOfMadeUpFor },
      // The cycle has paid the 10.00, and the merchant does not owe them.
      end: { states: ['FAILED'], askAt: undefined, books: { ...nothing, paidOut: 1_000n } },
    },
    {
      ...{ name: 'that failed, of an account that was mended', prepare: mended, endOf: endOfMended },
      end: { states: ['FAILED', 'PAID'], askAt: undefined, books: { ...nothing, paidOut: 1_000n }, sent: 1 },
    },
  ] as const;

  /** Answers whether the first of them did all of it. */
  async function look(tools: RunTools): Promise<boolean> {
    const failures = await reconsiderPayouts(tools, hoursLater(1)).catch((error) => [error]);
    for (const hours of [2, 3, 4]) expect(await reconsiderPayouts(own.runs, hoursLater(hours))).toEqual([]);
    return failures.length === 0;
  }

  const cases = stories.flatMap(({ name, ...story }) => deaths.map((death) => ({ name, death, ...story })));
  it.each(cases)('$name comes to the same end, the job killed $death any write of its table', async (story) => {
    const { death, prepare, endOf, end } = story;
    let lived = false;
    for (let write = 0; write < stepsMax && !lived; write++) {
      const opened = await prepare(`${prepare.name.toLowerCase()}-${death.toLowerCase()}${write}`);
      const client = own.newClient();
      const { isDead } = dieAt(client, write, death);
      await look(own.runsOver(client));
      lived = !isDead();
      expect({ death, write, ...(await endOf(opened)) }).toEqual({ death, write, ...end });
    }
    expect(lived).toBe(true);
  });

  it.each(stories)('$name comes to the same end where ledger and bank do not say what they did', async (story) => {
    const { prepare, endOf, end } = story;
    let lived = false;
    for (let silent = 0; silent < stepsMax && !lived; silent++) {
      const opened = await prepare(`${prepare.name.toLowerCase()}-silent${silent}`);
      lived = await look(silentAt(own.runs, silent));
      expect({ silent, ...(await endOf(opened)) }).toEqual({ silent, ...end });
    }
    expect(lived).toBe(true);
  });
});
