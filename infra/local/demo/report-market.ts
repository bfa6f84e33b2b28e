import type { Answer } from './api-client.ts';
import { type Column, grouped, table } from './table.ts';

type Body = Answer['body'];

const right = { align: 'right' } as const;
const figure = (title: string): Column => ({ title, ...right });

/** Orders with where their money is, and when it is due. */
export function reportOrders(orders: readonly Body[]): string {
  const rows = orders.map(({ no, payments, money, state, subOrders }) => {
    const legs = subOrders.flatMap(({ splits }: Body) => splits.flatMap((split: Body) => split.legs));
    const days = [...new Set(legs.map(({ dueOn }: Body) => dueOn))].join(', ');
    const figures = [money.amount, money.received, money.subsidies, money.fees, money.refunded, money.supervised];
    return [
      no,
      payments[0].channelId,
      ...figures.map(({ amount }) => grouped(amount)),
      state,
      String(legs.length),
      days,
    ];
  });
  const columns: Column[] = [
    { title: 'Order' },
    { title: 'Channel' },
    ...['Amount', 'Received', 'Coupons', 'Fees', 'Refunded', 'Supervised'].map(figure),
    { title: 'State' },
    figure('Shares'),
    { title: 'Due on' },
  ];
  return table(columns, rows);
}

export function reportPayouts(payouts: readonly Body[]): string {
  const rows = payouts.map(({ name, settlement }) => {
    const { orders, gross, fees, refunds, payout, payouts: lines } = settlement;
    const last = lines.at(-1);
    return [
      name,
      String(orders),
      ...[gross, fees, refunds, payout].map(({ amount }) => grouped(amount)),
      last?.to.to === 'BANK' ? last.to.account.number : 'the ledger',
      last?.state ?? '',
    ];
  });
  const columns: Column[] = [
    { title: 'Merchant' },
    ...['Orders', 'Gross', 'Fees', 'Refunds', 'Payout'].map(figure),
    { title: 'To' },
    { title: 'State' },
  ];
  return table(columns, rows);
}

/** The lines of a merchant's day with how each came about, and the days that come. */
export function reportMerchantDay({ settlement, lines, upcoming }: Body): string {
  const rows = lines.map(({ kind, orderNo = '', subOrderNo = '', computation, amount }: Body) => {
    return [kind, orderNo, subOrderNo, computation, grouped(amount.amount)];
  });
  const total = ['', '', '', `payout of ${settlement.date}`, grouped(settlement.payout.amount)];
  const next = upcoming.days.map(({ date, net }: Body) => ['', '', '', `to come on ${date}`, grouped(net.amount)]);
  const columns: Column[] = [
    { title: 'Line' },
    { title: 'Order' },
    { title: 'Part' },
    { title: 'How it came about' },
    figure('Amount'),
  ];
  return table(columns, [...rows, total, ...next]);
}

export function reportMarketProof({ accounts, differences, ...proof }: Body): string {
  const { orders, received, shares, fees, refunds, supervised, days, lost } = proof;
  const sums = [received, shares, fees, refunds, supervised].map(({ amount }) => grouped(amount));
  const head = table(
    [figure('Orders'), ...['Received', 'Shares', 'Fees', 'Refunds', 'Supervised', 'Days', 'Differences'].map(figure)],
    [[String(orders), ...sums, String(days), String(differences.count + lost.count)]],
  );
  const rows = accounts.shown.map(({ role, orders: gained, settlements, ledger }: Body) => {
    return [role, ...[gained, settlements, ledger].map(({ amount }) => grouped(amount))];
  });
  const columns = [{ title: 'Account' }, ...['By orders', 'By settlements', 'In the ledger'].map(figure)];
  return `${head}\n\n${table(columns, rows)}`;
}
