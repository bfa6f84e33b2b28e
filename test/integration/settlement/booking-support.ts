import { afterAll, beforeAll, expect } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { BookingStep } from '../../../functions/settlement/orders/booking/booking-step.ts';
import { carryOutStep, type StepTools } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { changeOrder } from '../../../functions/settlement/orders/change-order.ts';
import { acceptRefund } from '../../../functions/settlement/orders/decide-refund.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { readPlanFacts } from '../../../functions/settlement/orders/read-plan-facts.ts';
import { cause } from '../../functions/settlement/samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { journalOnEngine, now, tenant } from './journal-support.ts';

export const aMinuteLater = new Date(now.getTime() + 60_000);

type TestBooking = Awaited<ReturnType<typeof bookingOnEngine>>;

/** The booking of the tests of a `describe`, opened before and closed after them. */
export function bookingFor(engine: TestEngine) {
  let booking: TestBooking | undefined;
  const opened = () => {
    if (!booking) throw new Error('It is there once the tests begin.');
    return booking;
  };
  beforeAll(async () => {
    booking = await bookingOnEngine(engine);
  });
  afterAll(() => booking?.own.close());
  return {
    opened,
    run: ((...asked) => opened().run(...asked)) as TestBooking['run'],
    give: ((...given) => opened().give(...given)) as TestBooking['give'],
    /** A refund of an order is accepted; nothing of it is booked yet. */
    refund: async (no: string, amount: bigint, kind: 'PRO_RATA' | 'MERCHANT_BEARS') => {
      const { store } = opened().own;
      const asked = { no: refundNo(no), of: { kind: 'ORDER' as const, amount }, policy: { kind }, fingerprint: 'r' };
      const decide = async (order: Order) => acceptRefund(order, asked, await readPlanFacts(store, order), at);
      await changeOrder(store, { tenant, no }, decide, { at, cause });
    },
  };
}

const at = now.toISOString();

/** One refund of each order; their numbers are of the market. */
export const refundNo = (orderNo: string) => `R-${orderNo}`;

/** A market of three merchants whose steps are booked with a ledger. */
async function bookingOnEngine(engine: TestEngine) {
  const own = await journalOnEngine(engine);
  const opened = await own.openMarket('mkt_chengdu', ['mer_potter', 'mer_teahouse', 'mer_van']);
  const market: Market = { ...opened, calendar: 'CN_STATE_COUNCIL', revision: 2 };
  await own.store.replaceMarket(market);
  const tools: StepTools = { store: own.store, ledger: own.tools.ledger };
  let named = 0;

  const run = (step: BookingStep, by = tools, when = now) => carryOutStep(by, new RoleAccounts(), step, when);

  /** Money comes to a merchant as if it had been posted by the journal; or to what the market or a brand gives. */
  async function give(to: string, amount: bigint): Promise<void> {
    named += 1;
    const [kind = '', id = kind] = to.split(' ');
    const merchant = (await own.store.readMerchants(tenant, [id])).get(id);
    const given = kind === 'brand' ? merchant?.subsidyAccountId : merchant?.payableAccountId;
    const creditAccountId = given ?? market.accounts.own;
    const legs = [{ debitAccountId: market.accounts.claims, creditAccountId, amount, currency: 'CNY' }];
    const name = ['settlement', 'test', `${named}`];
    const [result] = await own.tools.ledger.postTransfers(tenant, [{ name, fingerprint: 'x', legs, cause }], now);
    expect(result?.outcome).toBe('POSTED');
  }

  return { own, market, tools, run, give };
}
