import { MINUTE_MS } from '../../../shared/time/durations.ts';
import { type Answer, type ApiClient, expectSuccess } from './api-client.ts';
import type { Time } from './collection-day.ts';
import { awaited, marketOrders, merchants, paidAt, runDate } from './market-data.ts';
import type { Progress } from './progress.ts';
import { reportMarketProof, reportMerchantDay, reportOrders, reportPayouts } from './report-market.ts';
import { waitFor } from './wait-for.ts';

/** Steps that it takes. */
export const marketSteps = 8;

type Body = Answer['body'];
type SignIn = (client: 'operator' | 'approver' | 'treasurer' | 'merchant') => Promise<ApiClient>;

const money = (amount: string) => ({ amount, currency: 'CNY' });
/** The bank of the sandbox answers within a minute. */
const bankMinutes = 2;

/** The eve of the national holiday on a market: what was paid on 09-30 reaches its merchants on 10-09, the next working day. */
export async function runMarketDay(
  signIn: SignIn,
  { run, legalEntity }: { readonly run: string; readonly legalEntity: string },
  progress: Progress,
  time: Time | undefined,
): Promise<string> {
  const day = new MarketDay(await signIn('operator'), { run, legalEntity, isOwn: time !== undefined });
  await progress.run(
    'Open a market with six pay channels, three merchants and two split rules',
    async () => day.open(await signIn('treasurer')),
    () => 'its money is supervised from the first fen on',
  );
  await progress.run(
    'Send a batch of five orders',
    () => day.order(),
    ({ accepted, refused }) => `${accepted} accepted, ${refused} refused`,
  );
  await progress.run(
    'Let the channels tell of the payments of 2025-09-30, one of them again',
    async () => day.pay(await signIn('approver')),
    (count) => `${count} payments; a slip waited for a second person (复核)`,
  );
  await progress.run(
    'Refund 28.80 of an order whose goods are still to come',
    () => day.refund(),
    ({ state }) => `${state}, all of it from what is supervised`,
  );
  await progress.run(
    'Confirm that the rest of it was received (确认收货)',
    () => day.confirm(),
    (dueOn) => `split, and due on ${dueOn}`,
  );
  const orders = await progress.run(
    `Settle ${runDate}, the first working day after the holiday`,
    () => day.settle(),
    ({ settlements, payouts, paidOut }) => `${settlements} merchants, ${payouts} payouts, ${paidOut.amount}`,
  );
  const view = await progress.run(
    'Let a merchant look at its day',
    async () => {
      if (time) await time.until(new Date((await time.now()).getTime() + bankMinutes * MINUTE_MS));
      return day.look(await signIn(time ? 'merchant' : 'operator'), await signIn('operator'));
    },
    ({ lines }) => `${lines.length} lines, each with how it came about`,
  );
  const proof = await progress.run(
    'Prove the market',
    () => day.prove(),
    ({ balanced }) => (balanced ? 'balanced' : 'NOT BALANCED'),
  );
  if (!proof.balanced || orders.mismatches > 0) throw new Error('The market does not add up.');
  return [
    `Market: orders of 2025-09-30\n${reportOrders(await day.orders())}`,
    `Payouts of ${runDate}: a merchant’s day is the sum of its lines, and one payout\n${reportPayouts(view.payouts)}`,
    `What ${view.name} sees of that day, and what is to come\n${reportMerchantDay(view)}`,
    `Proof of the market: received = shares + fees + refunds + supervised\n${reportMarketProof(proof)}`,
  ].join('\n\n');
}

class MarketDay {
  private operator: ApiClient;
  private readonly run: string;
  private readonly legalEntity: string;
  private readonly marketId: string;
  private readonly isOwn: boolean;
  private readonly rules = new Map<string, string>();

  constructor(
    operator: ApiClient,
    of: { readonly run: string; readonly legalEntity: string; readonly isOwn: boolean },
  ) {
    this.operator = operator;
    this.run = of.run;
    this.legalEntity = of.legalEntity;
    this.isOwn = of.isOwn;
    this.marketId = `mkt_${of.run}`;
  }

  /** The seeded client of a merchant sees `mer_demo`, which a system of the demo's own does not have yet. */
  private merchantId(name: string): string {
    return this.isOwn && name === 'teahouse' ? 'mer_demo' : `mer_${this.run}_${name}`;
  }

  private orderNo(number: string): string {
    return `SO-${this.run}-${number}`;
  }

  async open(treasurer: ApiClient): Promise<void> {
    const market = { id: this.marketId, name: '成都茶叶市场', legalEntity: this.legalEntity, currency: 'CNY' };
    const channels = ['WECHAT_PAY', 'ALIPAY', 'UNIONPAY', 'BANK', 'DIGITAL_RMB', 'OFFLINE'];
    const { accounts } = expectSuccess(
      await this.operator.post('/v1/markets', { ...market, channels }, `${this.run}-market`),
    );
    const opening = { currency: 'CNY', holder: this.legalEntity, constraint: { type: 'NONE' } };
    const open = async (name: string) =>
      expectSuccess(await treasurer.post('/v1/accounts', { ...opening, name }, `${this.run}-market-${name}`)).id;
    for (const { id, name, bankAccount } of merchants) {
      const payout = bankAccount
        ? { to: 'BANK', name, account: { type: 'ACCOUNT', number: bankAccount, bank: { cnaps: '105100000017' } } }
        : { to: 'LEDGER', accountId: await open(id) };
      const merchant = { id: this.merchantId(id), marketId: this.marketId, name, kind: 'COMPANY', payout };
      const body = { ...merchant, clawBackSince: '2025-01-01' };
      expectSuccess(await this.operator.post('/v1/merchants', body, `${this.run}-${id}`));
    }
    await this.rule('paid', 'PAYMENT', { kind: 'WORKING_DAYS', days: 1 });
    await this.rule('received', 'CONFIRMATION', { kind: 'NATURAL_DAYS', days: 1 });
    // What the market gives towards coupons comes off money that it puts there first.
    const capital = await open('capital');
    const legs = [{ debitAccountId: capital, creditAccountId: accounts.own, amount: money('500.00') }];
    expectSuccess(await treasurer.post('/v1/transfers', { legs }, `${this.run}-coupons`));
  }

  /** 5 % to the courier and 2.00 to the teahouse, whose name sells; the rest to who sells. */
  private async rule(name: string, from: string, period: object): Promise<void> {
    const lines = [
      { sequence: 1, receiver: this.merchantId('teahouse'), share: { kind: 'FIXED', amount: money('2.00') } },
      { sequence: 2, receiver: this.merchantId('courier'), share: { kind: 'RATIO', basisPoints: 500 } },
      { sequence: 3, share: { kind: 'REMAINDER' } },
    ];
    const terms = { effectiveFrom: '2025-01-01', base: 'PAID', method: 'FIXED_THEN_RATIO', lines };
    const body = { marketId: this.marketId, name, ...terms, clearing: { from, period, cutOff: '23:00' } };
    const { id } = expectSuccess(await this.operator.post('/v1/split-rules', body, `${this.run}-rule-${name}`));
    this.rules.set(name, id);
  }

  async order(): Promise<Body> {
    const orders = marketOrders.map(({ number, amount, parts, rule }) => ({
      ...{ no: this.orderNo(number), marketId: this.marketId, amount: money(amount) },
      subOrders: parts.map(({ seller, amount: own, coupon }, place) => ({
        ...{ no: String(place + 1), merchantId: this.merchantId(seller), amount: money(own) },
        ...(coupon && {
          coupons: [{ id: `C-${number}`, amount: money(coupon.amount), funders: coupon.funders }],
        }),
      })),
      split: { by: 'RULE', ruleId: this.rules.get(rule) },
    }));
    return expectSuccess(await this.operator.post('/v1/orders/batch', { orders }, `${this.run}-orders`));
  }

  /** One is told by a slip; another twice. */
  async pay(approver: ApiClient): Promise<number> {
    for (const { number, channelId, paid } of [...marketOrders, ...marketOrders.slice(0, 1)]) {
      const path = `/v1/orders/${this.orderNo(number)}/payments`;
      const payment = { channelId, transactionId: `${this.run}-${number}`, amount: money(paid), paidAt };
      const told = expectSuccess(await this.operator.post(path, payment));
      if (told.outcome !== 'TAKEN') throw new Error(`The payment of ${number} was not taken.`);
      if (channelId !== 'OFFLINE') continue;
      expectSuccess(await approver.post(`${path}/${payment.transactionId}/confirm`, undefined));
    }
    await this.untilProved();
    return marketOrders.length;
  }

  async orders(): Promise<Body[]> {
    const found: Body[] = [];
    for (const { number } of marketOrders) {
      found.push(expectSuccess(await this.operator.get(`/v1/orders/${this.orderNo(number)}`)));
    }
    return found;
  }

  async confirm(): Promise<string> {
    const path = `/v1/orders/${this.orderNo(awaited)}/confirm`;
    const order = expectSuccess(await this.operator.post(path, {}, `${this.run}-confirm`));
    return order.subOrders[0].splits[0].legs[0].dueOn;
  }

  async refund(): Promise<Body> {
    const path = `/v1/orders/${this.orderNo(awaited)}`;
    const asked = { no: `RF-${this.run}`, amount: money('28.80'), reason: '退货 Returned' };
    expectSuccess(await this.operator.post(`${path}/refunds`, asked, `${this.run}-refund`));
    const refund = async () => expectSuccess(await this.operator.get(path)).refunds[0];
    await waitFor('The refund is not funded.', async () => (await refund()).state === 'FUNDED');
    const result = `${path}/refunds/${asked.no}/result`;
    expectSuccess(await this.operator.post(result, { result: 'SUCCEEDED' }, `${this.run}-refunded`));
    return refund();
  }

  async settle(): Promise<Body> {
    await this.untilProved();
    const body = { marketId: this.marketId, businessDate: runDate };
    const { id } = expectSuccess(await this.operator.post('/v1/settlement-runs', body, `${this.run}-settle`));
    const read = async () => expectSuccess(await this.operator.get(`/v1/settlement-runs/${id}`));
    await waitFor('The settlement run does not end.', async () => (await read()).state === 'ENDED');
    return read();
  }

  async look(viewer: ApiClient, operator: ApiClient): Promise<Body> {
    this.operator = operator;
    const payouts: Body[] = [];
    for (const { id, name } of merchants) {
      const path = `/v1/merchants/${this.merchantId(id)}/settlements?date=${runDate}`;
      for (const settlement of expectSuccess(await operator.get(path)).settlements) payouts.push({ name, settlement });
    }
    const own = `/v1/merchants/${this.merchantId('teahouse')}`;
    const [settlement] = expectSuccess(await viewer.get(`${own}/settlements?date=${runDate}`)).settlements;
    const { lines } = expectSuccess(await viewer.get(`/v1/settlements/${settlement.id}/lines`));
    const upcoming = expectSuccess(await viewer.get(`${own}/upcoming`));
    return { name: merchants[0]?.name, payouts, settlement, lines, upcoming };
  }

  /** All that was told is in the journal and in the ledger: that takes a moment. */
  private async untilProved(): Promise<void> {
    await waitFor('The market’s journal does not come to what its orders do.', async () => {
      const { balanced, orders } = await this.prove();
      return balanced && orders === marketOrders.length;
    });
  }

  async prove(): Promise<Body> {
    const path = `/v1/markets/${this.marketId}/proof`;
    let proof = expectSuccess(await this.operator.post(path, {}));
    await waitFor('The market is not proved.', async () => {
      proof = expectSuccess(await this.operator.get(path));
      return proof.state !== 'RUNNING';
    });
    return proof.result;
  }
}
