import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type CollectionItem, type ItemMoney, itemState, moneyOf, type Try } from '../items/item.ts';
import { isLargeValue } from '../large-values/thresholds.ts';
import { reasons } from '../retries/reasons.ts';
import type { Batch } from './batch.ts';
import { batchFigures } from './batch-figures.ts';

/** A batch without what its items say. */
export function presentBatchHead(batch: Batch) {
  const { id, number, lines, refused } = batch;
  return { id, number, ...factsOf(batch), lines: { sent: lines, accepted: lines - refused, refused } };
}

/** A batch with the figures of all its items. */
export function presentBatch(batch: Batch, items: readonly CollectionItem[]) {
  const { counts, ...figures } = figuresOf(batch, items);
  return { ...presentBatchHead(batch), ...figures, items: Object.fromEntries(counts) };
}

/** A collection that was asked for by itself. */
export function presentCollection(batch: Batch, items: readonly CollectionItem[]) {
  const { counts: _, ...figures } = figuresOf(batch, items);
  return { id: collectionIdOf(batch.id), ...factsOf(batch), ...figures, items: items.map(presentItem) };
}

export function collectionIdOf(batchId: string): string {
  return batchId.replace(/^cb_/, 'col_');
}

export function batchIdOf(collectionId: string): string {
  return collectionId.replace(/^col_/, 'cb_');
}

function factsOf({ currency, creditAccountId, clearingAccountId, policy, createdAt }: Batch) {
  return { currency, creditAccountId, clearingAccountId, policy, createdAt };
}

function figuresOf({ currency, refused }: Batch, items: readonly CollectionItem[]) {
  const { state, amount, money, counts } = batchFigures(items, refused);
  return { state, amount: presentAmount(amount, currency), money: presentMoney(money, currency), counts };
}

export function presentMoney({ open, settled, failed, returned, cancelled }: ItemMoney, currency: CurrencyCode) {
  const show = (minor: bigint) => presentAmount(minor, currency);
  return {
    open: show(open),
    settled: show(settled),
    failed: show(failed),
    returned: show(returned),
    cancelled: show(cancelled),
  };
}

/** An item with all its tries. */
export function presentItem(item: CollectionItem) {
  const { line, piece, mandateId, amount, dueOn, nextTryAt, description, references, tries, ended } = item;
  const currency = item.currency as CurrencyCode;
  const last = tries.at(-1);
  const reason = ended?.reason ?? last?.reason;
  const detail = reason && ((reason === last?.reason && last.detail) || reasons[reason].text);
  return {
    line,
    piece,
    mandateId,
    amount: presentAmount(amount, currency),
    state: itemState(item),
    ...defined({ reason, detail }),
    money: presentMoney(moneyOf(item), currency),
    ...(isLargeValue(item) && { largeValue: true as const }),
    dueOn,
    ...defined({ nextTryAt: ended ? undefined : nextTryAt, description }),
    references: { ...references },
    tries: tries.map((one) => presentTry(one, currency)),
  };
}

function presentTry(one: Try, currency: CurrencyCode) {
  const { orderId, railId, amount, businessDate, state, settled, returned, fee, reason, code, routedAt, endedAt } = one;
  const show = (minor: bigint | undefined) => (minor === undefined ? undefined : presentAmount(minor, currency));
  return {
    orderId,
    railId,
    amount: presentAmount(amount, currency),
    businessDate,
    state,
    ...defined({
      settled: show(settled),
      returned: show(returned),
      fee: settled === undefined ? undefined : show(fee),
      reason,
      code,
    }),
    routedAt,
    ...defined({ endedAt }),
  };
}
