import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { sumFigures } from '../../../functions/settlement/journal/figures.ts';
import type { MerchantLine } from '../../../functions/settlement/journal/line.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { Merchant } from '../../../functions/settlement/merchants/merchant.ts';
import { ownerDayOf } from '../../../functions/settlement/settlements/open-days.ts';
import { pageLines } from '../../../functions/settlement/settlements/page-lines.ts';
import { isUnderWay } from '../../../functions/settlement/settlements/run.ts';
import { sumOfLines } from '../../../functions/settlement/settlements/settle-day.ts';
import type { Settlement } from '../../../functions/settlement/settlements/settlement.ts';
import { findRun, startRun } from '../../../functions/settlement/settlements/start-run.ts';
import { takeTurn } from '../../../functions/settlement/settlements/take-turn.ts';
import { readUpcoming, sumUpcoming } from '../../../functions/settlement/settlements/upcoming.ts';
import { readStatistics } from '../../../functions/settlement/statistics/read-statistics.ts';
import { addDays } from '../../../shared/calendar/plain-date.ts';
import { setLogSink } from '../../../shared/http/log.ts';
import { sum } from '../../../shared/money/sum.ts';
import { anEngine } from '../../support/engines.ts';
import { randomFrom, testSeed } from '../../support/random.ts';
import { claim, dayOf } from './journal-support.ts';
import { dueOn, type PlacedLine, refund, runsOnEngine, share, type TestRuns, tenant } from './runs-support.ts';

const seed = testSeed();
const days = 6;
const dates = Array.from({ length: days }, (_, place) => addDays(dueOn, place));
/** Put on each merchant's account first, so that no payout waits for funds. */
const ahead = 10_000_000n;

const terms: Readonly<Record<string, Partial<Merchant>>> = {
  mer_p_carries: {},
  mer_p_recovers: { shortfall: { kind: 'RECOVER', basisPoints: 3_000n } },
  mer_p_billed: { shortfall: { kind: 'BILL' } },
};
const merchantIds = Object.keys(terms);

describe(`days of merchants with sales, refunds and what comes late (SEED=${seed})`, () => {
  let own: TestRuns;
  let market: Market;
  const written = new Map<string, MerchantLine[]>(merchantIds.map((id) => [id, []]));

  beforeAll(async () => {
    setLogSink(() => {});
    own = await runsOnEngine(anEngine());
    market = await own.open('mkt_p', terms);
    for (const id of merchantIds) await own.owe(market, id, ahead);
    await own.fund(market, ahead);
    const random = randomFrom(seed);
    for (const [place, date] of dates.entries()) {
      await write(random, date);
      if (place % 2 === 0) await own.run(market.id, date, date, atOf(date));
      else await settleAtOnce(dates[place - 1] ?? date, date);
    }
  });
  afterAll(() => own?.close());

  const atOf = (date: string) => new Date(`${date}T03:00:00.000Z`);

  /** A few lines of each merchant, for the day itself, for days that are closed and for days to come. */
  async function write(random: () => number, today: string) {
    const upTo = (most: number) => Math.floor(random() * most);
    const lines: PlacedLine[] = [];
    for (const id of merchantIds) {
      for (let count = upTo(6); count > 0; count--) {
        const amount = BigInt(1 + upTo(50_000));
        const line = random() < 0.6 ? share(amount, `SO-${today}-${count}`) : refund(amount, `RF-${today}-${count}`);
        const date = addDays(today, upTo(4) - 2);
        lines.push([id, date > (dates.at(-1) ?? '') ? today : date, line]);
        written.get(id)?.push(line);
      }
    }
    if (lines.length > 0) await own.lines(market.id, lines);
  }

  /** Two runs of the market at the same time, of two days, each carried on by two. */
  async function settleAtOnce(before: string, today: string) {
    const start = (businessDate: string) => {
      const asked = { ...claim(`both ${businessDate} ${today}`), operation: 'start' };
      return startRun(own.store, tenant, { marketId: market.id, businessDate }, asked, atOf(today));
    };
    const both = [await start(before), await start(today)];
    for (let hours = 0; hours < 8; hours += 2) {
      const at = new Date(atOf(today).getTime() + hours * 3_600_000);
      await Promise.all([...both, ...both].map(({ id }) => takeTurn(own.runs, tenant, id, at)));
    }
    for (const { id } of both) expect(isUnderWay(await findRun(own.store, tenant, id))).toBe(false);
  }

  async function settlementsOf(merchantId: string): Promise<Settlement[]> {
    const period = { from: addDays(dueOn, -31), to: addDays(dueOn, 31) };
    return (await own.store.listSettlements({ tenant, merchantId }, period, undefined, 1_000)).settlements;
  }

  it('are each the sum of their lines, which is what is paid out for them in one payout', async () => {
    for (const id of merchantIds) {
      const merchant = (await own.store.readMerchant(tenant, id)) as Merchant;
      for (const settlement of await settlementsOf(id)) {
        const { lines } = await pageLines(own.store, ownerDayOf(merchant, settlement), undefined, 10_000);
        const merchants = lines.filter((line): line is MerchantLine => 'amount' in line);
        const paid = settlement.payouts.map(({ amount, state }) => [amount, state]);
        expect({ id, date: settlement.date, sum: sumOfLines(merchants), paid }).toEqual({
          ...{ id, date: settlement.date, sum: settlement.payout },
          paid: settlement.payout === 0n ? [] : [[settlement.payout, 'SENT']],
        });
      }
    }
  });

  it('have a running total that their lines make, also of what was carried on, carried in and billed', async () => {
    for (const id of merchantIds) {
      for (const { date } of await settlementsOf(id)) {
        const { total, lines } = await dayOf(own.store, market.id, { kind: 'MERCHANT', id }, date);
        expect({ id, date, total }).toEqual({ id, date, total: lines });
      }
    }
  });

  it('lose and double nothing: what was written is paid out, billed or still carried on', async () => {
    for (const id of merchantIds) {
      const lines = written.get(id) ?? [];
      const settlements = await settlementsOf(id);
      const paidOut = sum(settlements.map(({ payout }) => payout));
      const billed = sum(settlements.map((one) => one.billed));
      const owner = { kind: 'MERCHANT', id } as const;
      const merchant = (await own.store.readMerchant(tenant, id)) as Merchant;
      const carried = sumUpcoming(await readUpcoming(own.store, merchant, market, 7, atOf(dates.at(-1) ?? ''))).net;
      expect({ id, left: paidOut - billed + carried }).toEqual({ id, left: sumOfLines(lines) });
      expect({ id, held: await own.held(merchant.payableAccountId) }).toEqual({ id, held: ahead - paidOut + billed });

      const period = { from: addDays(dueOn, -31), to: addDays(dueOn, 31) };
      const { total } = await readStatistics(own.store, { tenant, marketId: market.id, owner }, period);
      const { gross, refunds } = sumFigures(lines);
      expect({ id, ...total }).toMatchObject({ id, gross, refunds, net: sumOfLines(lines) + billed });
    }
  });

  it('are in the file of the bank once each, by the number of their payout', async () => {
    const numbers = (await Promise.all(merchantIds.map(settlementsOf))).flat().flatMap(({ payouts }) => payouts);
    expect(new Set(own.bank.paid.keys())).toEqual(new Set(numbers.map(({ id }) => id)));
  });
});
