import { smaller } from '../../../shared/money/compare.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { problems } from '../problems.ts';
import { feeBacks, type PaymentFee, type RefundPiece } from '../refunds/fee-back.ts';
import type { RefundAsked } from '../refunds/refund-lines.ts';
import { aboveLeft } from './above-left.ts';
import { requirePaid } from './manual-split.ts';
import type { Order, RefundContent, RefundTake } from './order.ts';
import { awaitsSubsidies, type Deposit, isOwed, type OrderMoney, orderMoney } from './order-money.ts';

/** What a refund is of. BEYOND: of what belongs to no sub-order. */
export type RefundOf = RefundAsked | { readonly kind: 'BEYOND'; readonly amount: bigint };

/**
 * A piece of what belongs to no sub-order. Before the order is settled, what was paid beyond it is a part of the deposit. Problems:
 * `settlement/order-not-paid`, `settlement/subsidies-owed`, `settlement/refund-above-left`.
 */
export function unsettledOf(order: Order, of: RefundOf): RefundPiece {
  const money = orderMoney(order);
  const { deposit, beyond, paid } = money;
  if (paid === 0n) requirePaid(order);
  if (of.kind !== 'BEYOND') requireAll(order, money, of);
  if (of.kind === 'LINES') {
    const toPay = presentAmount(money.toPay, order.currency);
    const detail = 'The order is not settled yet; name an `amount` of the whole.';
    throw problems['order-not-paid'].with({ detail, toPay }).at({ pointer: '/lines', detail });
  }
  const { amount } = of;
  const source = of.kind === 'BEYOND' ? beyond : deposit;
  const left = smaller(leftOf(source), leftOf(deposit));
  if (amount > left) throw aboveLeft(order, left, amount, of.kind === 'BEYOND' ? '/beyond' : '/amount');
  const held = smaller(source.held, deposit.held);
  return { amount, cash: amount, held, feeLeft: left - held };
}

/** Of an order that waits for subsidies alone, whole or payment by payment: a part would leave a rest that is owed to nobody. */
function requireAll(order: Order, money: OrderMoney, of: RefundAsked): void {
  if (!awaitsSubsidies(order, money)) return;
  const all = leftOf(money.deposit) - leftOf(money.beyond);
  const isPayment = order.payments.some(
    ({ amount, isBeyond }) => !isBeyond && of.kind === 'ORDER' && of.amount === amount,
  );
  if (isPayment || (of.kind === 'ORDER' && of.amount >= all)) return;
  const owed = order.subOrders.flatMap(({ coupons }) => coupons.filter(isOwed).map(({ id }) => id));
  const left = presentAmount(all, order.currency);
  const whole = `Of the order ${left.amount} ${left.currency} can go back, whole or payment by payment`;
  const detail = `The subsidies of coupons ${owed.join(', ')} have not landed yet (补贴未到账). ${whole}.`;
  const pointer = of.kind === 'LINES' ? '/lines' : '/amount';
  throw problems['subsidies-owed'].with({ detail, left, coupons: owed }).at({ pointer, detail });
}

function leftOf({ amount, refunded }: Deposit): bigint {
  return amount - refunded;
}

/** Of the fee, what the channel keeps is borne by the merchant of the first sub-order. */
export function unsettledContent({ no, subOrders }: Order, piece: RefundPiece, fee: PaymentFee): RefundContent {
  const { amount } = piece;
  const [back = { amount: 0n, fromChannel: 0n }] = feeBacks(fee, [piece]);
  const [seller] = subOrders;
  if (!seller) throw new Error(`Order ${no} has no sub-order.`);
  const kept = { subOrderNo: seller.no, from: seller.merchantId, isFee: true as const };
  const takes: RefundTake[] = [
    { subOrderNo: '', amount: amount - back.amount },
    { ...kept, amount: back.amount - back.fromChannel },
  ];
  const given = takes.filter((take) => take.amount > 0n);
  return { amount, toFunders: [], lines: [], takes: given, feeBack: back.fromChannel };
}
