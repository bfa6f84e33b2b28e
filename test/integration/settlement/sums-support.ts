import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { postingToPlain } from '../../../functions/settlement/journal/journal-items.ts';
import type { SumLine } from '../../../functions/settlement/journal/line.ts';
import { stepsOf } from '../../../functions/settlement/journal/step.ts';
import { type StreamChange, takeChanges } from '../../../functions/settlement/journal/take-changes.ts';
import type { Posting } from '../../../functions/settlement/journal/transaction.ts';
import { writeSteps } from '../../../functions/settlement/journal/write-steps.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import { openDispute } from '../../../functions/settlement/orders/act-on-order.ts';
import { carryOutStep } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { changeOrder, findOrder } from '../../../functions/settlement/orders/change-order.ts';
import { acceptRefund } from '../../../functions/settlement/orders/decide-refund.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { type ReadFacts, readPlanFacts } from '../../../functions/settlement/orders/read-plan-facts.ts';
import { readSettledLegs } from '../../../functions/settlement/orders/read-settled-legs.ts';
import { takePayment } from '../../../functions/settlement/orders/take-payment.ts';
import type { RuleVersion, StoredRule } from '../../../functions/settlement/rules/stored-rule.ts';
import { fromItem, toItem } from '../../../shared/dynamo/items.ts';
import { anOrder, aSubOrder, aTold } from '../../functions/settlement/orders/samples.ts';
import { aRule, aVersion, cause } from '../../functions/settlement/samples.ts';
import { claim, imageOf, prove } from './journal-support.ts';
import { now, type TestRuns, tenant } from './runs-support.ts';

/** The merchants of a market: a potter who sells, a teahouse, a van. */
export function idsOf(marketId: string) {
  const name = marketId.slice(4);
  return { potter: `mer_${name}_potter`, teahouse: `mer_${name}_teahouse`, van: `mer_${name}_van` };
}

/** By thirds to the potter, the teahouse and the van; added up before the split. */
export function thirds(marketId: string): RuleVersion {
  const { teahouse, van } = idsOf(marketId);
  return aVersion({
    ...{ id: `rule_${marketId.slice(4)}`, marketId, aggregate: 'BEFORE_SPLIT', feeBearer: { kind: 'MERCHANT' } },
    lines: [
      { sequence: 1, share: { kind: 'WEIGHT', weight: 1n } },
      { sequence: 2, receiver: teahouse, share: { kind: 'WEIGHT', weight: 1n } },
      { sequence: 3, receiver: van, share: { kind: 'WEIGHT', weight: 1n } },
    ],
  });
}

/** A rule as it is kept, by thirds unless told. */
export function sumRule(marketId: string, id: string, more: Partial<RuleVersion> = {}): StoredRule {
  const version = { ...thirds(marketId), ...more, id };
  return { head: { ...aRule(version).head, id, marketId }, versions: [version] };
}

/** A market whose orders are paid, refunded and handed on to its journal as its table's stream does. */
export class SumMarket {
  readonly own: TestRuns;
  readonly market: Market;
  readonly rule: RuleVersion;
  readonly ids: ReturnType<typeof idsOf>;
  private records = 0;

  private constructor(own: TestRuns, market: Market, rule: RuleVersion) {
    this.own = own;
    this.market = market;
    this.rule = rule;
    this.ids = idsOf(market.id);
  }

  static async open(own: TestRuns, marketId: string, more: Partial<RuleVersion> = {}): Promise<SumMarket> {
    const { potter, teahouse, van } = idsOf(marketId);
    const merchant = { clawBackSince: '2025-01-01' };
    const market = await own.open(marketId, { [potter]: merchant, [teahouse]: merchant, [van]: merchant });
    const rule = { ...thirds(marketId), ...more };
    await own.store.writeRule(sumRule(marketId, rule.id, rule), claim(rule.id));
    return new SumMarket(own, market, rule);
  }

  /** An order of the potter that is paid on Friday 2025-09-26: due on Sunday 28th. */
  async pay(
    no: string,
    amount: bigint,
    fee = 0n,
    ruleId = this.rule.id,
    channelId: 'WECHAT_PAY' | 'ALIPAY' = 'WECHAT_PAY',
  ): Promise<Order> {
    const plan = { by: 'RULE' as const, ruleId };
    const unpaid = anOrder({
      tenant,
      no,
      marketId: this.market.id,
      subOrders: [aSubOrder({ merchantId: this.ids.potter, amount, plan })],
    });
    const told = aTold({ channelId, transactionId: `T-${no}`, amount, fee });
    const taken = takePayment(unpaid, told, await readPlanFacts(this.own.store, unpaid, { channelId }), told.paidAt);
    if (taken.outcome !== 'TAKEN') throw new Error(taken.outcome);
    await this.own.put(taken.order);
    return taken.order;
  }

  async payAndTell(no: string, amount: bigint, fee = 0n, ruleId = this.rule.id): Promise<void> {
    await this.tell(undefined, await this.pay(no, amount, fee, ruleId));
  }

  /** Hands a change over to the journal, and what it posts to the ledger. */
  async tell(before: Order | undefined, after: Order, at = now): Promise<void> {
    const images = { after: imageOf(after), ...(before && { before: imageOf(before) }) };
    const postings = await this.take([{ isNew: before === undefined, ...images }], at);
    await this.take(
      postings.map((posting) => ({ isNew: true, after: fromItem(toItem(postingToPlain(posting))) })),
      at,
    );
  }

  /** Answers what was written to be posted. */
  private async take(changes: readonly Omit<StreamChange, 'at'>[], at: Date): Promise<Posting[]> {
    const { tools } = this.own;
    const postings: Posting[] = [];
    const store: typeof tools.store = {
      ...tools.store,
      writeJournal: async (progress, transaction) => {
        await tools.store.writeJournal(progress, transaction);
        postings.push(...transaction.postings);
      },
    };
    this.records += 1;
    const records = changes.map((change) => ({ ...change, at: `${this.records}` }));
    await takeChanges({ ...tools, store }, new RoleAccounts(), `shard of ${this.market.id}`, records, at);
    return postings;
  }

  /** Orders in a sum of a day, the potter's under the market's rule unless told, as the journal writes them. */
  async summed(
    date: string,
    lines: readonly SumLine[],
    more: { readonly at?: Date; readonly key?: string; readonly sellerOf?: (place: number) => string } = {},
  ): Promise<void> {
    const { at = now, key = '', sellerOf = () => this.ids.potter } = more;
    const entries = lines.map((line, place) => {
      const owner = { kind: 'SUM' as const, id: `${this.rule.id}:1:${sellerOf(place)}` };
      return { id: String(place), owner, date, line };
    });
    const result = { outcome: 'LINES' as const, marketId: this.market.id, entries };
    const steps = stepsOf([{ tenant, orderNo: lines[0]?.orderNo ?? '', at: '1', result }]);
    await writeSteps(this.own.store, `${this.market.id} ${date} ${key}`, steps, at);
  }

  /** A change of an order as it stands; answers it before and after. */
  async change(no: string, decide: (order: Order, facts: ReadFacts) => Order | Promise<Order>, at = now) {
    const { store } = this.own;
    const before = await findOrder(store, tenant, no);
    const decideOn = async (order: Order) => decide(order, await readPlanFacts(store, order));
    const after = await changeOrder(store, { tenant, no }, decideOn, { at: at.toISOString(), cause });
    return { before, after };
  }

  /** Opens a dispute, which is not told to the journal yet. */
  dispute(no: string, at: Date) {
    const decide = async (order: Order, { sums }: ReadFacts) => {
      const settled = await readSettledLegs(this.own.store, order);
      return openDispute(order, '未收到货', { sums, settled }, at.toISOString());
    };
    return this.change(no, decide, at);
  }

  /** A refund of an order that is accepted and funded; not told to the journal yet. */
  async refund(orderNo: string, refundNo: string, amount: bigint, at = now) {
    const { store, tools } = this.own;
    const of = { kind: 'ORDER' as const, amount };
    const asked = { no: refundNo, of, policy: { kind: 'PRO_RATA' as const }, fingerprint: refundNo };
    const { before } = await this.change(
      orderNo,
      (order, facts) => acceptRefund(order, asked, facts, at.toISOString()),
      at,
    );
    const step = { tenant, orderNo, kind: 'REFUND' as const, about: refundNo };
    await carryOutStep({ store, ledger: tools.ledger }, new RoleAccounts(), step, at);
    return { before, after: await findOrder(store, tenant, orderNo) };
  }

  async owed(): Promise<bigint[]> {
    const ids = [this.ids.potter, this.ids.teahouse, this.ids.van];
    const merchants = await this.own.store.readMerchants(tenant, ids);
    return Promise.all(ids.map((id) => this.own.held(merchants.get(id)?.payableAccountId ?? '')));
  }

  supervised(): Promise<bigint> {
    return this.own.held(this.market.accounts.supervised);
  }

  prove() {
    return prove(this.own, this.market);
  }
}
