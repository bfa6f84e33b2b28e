import { RoleAccounts } from '../../../functions/settlement/journal/booking/role-accounts.ts';
import { takeChanges } from '../../../functions/settlement/journal/take-changes.ts';
import type { Market } from '../../../functions/settlement/markets/market.ts';
import { carryOutStep } from '../../../functions/settlement/orders/booking/carry-out-step.ts';
import { changeOrder, findOrder } from '../../../functions/settlement/orders/change-order.ts';
import { acceptRefund } from '../../../functions/settlement/orders/decide-refund.ts';
import type { Order } from '../../../functions/settlement/orders/order.ts';
import { type ReadFacts, readPlanFacts } from '../../../functions/settlement/orders/read-plan-facts.ts';
import { takePayment } from '../../../functions/settlement/orders/take-payment.ts';
import type { RuleVersion, StoredRule } from '../../../functions/settlement/rules/stored-rule.ts';
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
  private readonly told = new Set<string>();

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
  async pay(no: string, amount: bigint, fee = 0n, ruleId = this.rule.id): Promise<Order> {
    const plan = { by: 'RULE' as const, ruleId };
    const unpaid = anOrder({
      tenant,
      no,
      marketId: this.market.id,
      subOrders: [aSubOrder({ merchantId: this.ids.potter, amount, plan })],
    });
    const told = aTold({ channelId: 'WECHAT_PAY', transactionId: `T-${no}`, amount, fee });
    const taken = takePayment(
      unpaid,
      told,
      await readPlanFacts(this.own.store, unpaid, { channelId: 'WECHAT_PAY' }),
      told.paidAt,
    );
    if (taken.outcome !== 'TAKEN') throw new Error(taken.outcome);
    await this.own.put(taken.order);
    return taken.order;
  }

  async payAndTell(no: string, amount: bigint, fee = 0n, ruleId = this.rule.id): Promise<void> {
    await this.tell(undefined, await this.pay(no, amount, fee, ruleId));
  }

  /** Hands a change over to the journal, and what it posts to the ledger. */
  async tell(before: Order | undefined, after: Order, at = now): Promise<void> {
    this.records += 1;
    const images = { after: imageOf(after), ...(before && { before: imageOf(before) }) };
    await this.take([{ at: `${this.records}`, isNew: before === undefined, ...images }], at);
    const postings = await this.own.itemsOf('POSTING');
    const fresh = postings.filter(({ id, marketId }) => marketId === this.market.id && !this.told.has(String(id)));
    for (const { id } of fresh) this.told.add(String(id));
    this.records += 1;
    await this.take(
      fresh.map((item) => ({ at: `${this.records}`, isNew: true, after: item })),
      at,
    );
  }

  private take(changes: Parameters<typeof takeChanges>[3], at: Date) {
    return takeChanges(this.own.tools, new RoleAccounts(), `shard of ${this.market.id}`, changes, at);
  }

  /** A change of an order as it stands; answers it before and after. */
  async change(no: string, decide: (order: Order, facts: ReadFacts) => Order, at = now) {
    const { store } = this.own;
    const before = await findOrder(store, tenant, no);
    const decideOn = async (order: Order) => decide(order, await readPlanFacts(store, order));
    const after = await changeOrder(store, { tenant, no }, decideOn, { at: at.toISOString(), cause });
    return { before, after };
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
