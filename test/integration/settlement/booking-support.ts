import { expect } from 'vitest';
import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import type { BookingStep } from '../../../functions/settlement/orders/booking/booking-step.ts';
import { carryOutStep, type StepTools } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { cause } from '../../functions/settlement/samples.ts';
import type { TestEngine } from '../../support/engines.ts';
import { journalOnEngine, now, tenant } from './journal-support.ts';

export const aMinuteLater = new Date(now.getTime() + 60_000);

/** One refund of each order; their numbers are of the market. */
export const refundNo = (orderNo: string) => `R-${orderNo}`;

export type TestBooking = Awaited<ReturnType<typeof bookingOnEngine>>;

/** A market of three merchants whose steps are booked with a ledger. */
export async function bookingOnEngine(engine: TestEngine) {
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
