import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import {
  type CollectionItem,
  type Contradiction,
  type ItemMoney,
  itemState,
  moneyOf,
  type PassedOn,
  refusedByLedger,
  type Try,
  waitsUntil,
} from '../items/item.ts';
import { isLargeValue } from '../large-values/thresholds.ts';
import type { Mandate } from '../mandates/mandate.ts';
import { reasons } from '../retries/reasons.ts';
import type { Batch } from './batch.ts';
import { batchFigures } from './batch-figures.ts';
import { collectionIdOf } from './owner.ts';

/** A batch without what its items say. */
export function presentBatchHead(batch: Batch) {
  const { id, number, lines, refused } = batch;
  return { id, number, ...factsOf(batch), lines: { sent: lines, accepted: lines - refused, refused } };
}

/** A collection that was asked for by itself, without what its items say. */
export function presentCollectionHead(batch: Batch) {
  return { id: collectionIdOf(batch.id), ...factsOf(batch) };
}

/** A batch with the figures of all its items. */
export function presentBatch(batch: Batch, items: readonly CollectionItem[]) {
  const { counts, ...figures } = figuresOf(batch, items);
  const contradicted = items.filter((item) => item.contradicted).length;
  return {
    ...{ ...presentBatchHead(batch), ...figures, items: Object.fromEntries(counts) },
    ...(contradicted > 0 && { contradicted }),
  };
}

/** A collection that was asked for by itself. */
export function presentCollection(batch: Batch, items: readonly CollectionItem[], mandates: Mandates) {
  const { counts: _, ...figures } = figuresOf(batch, items);
  return { ...presentCollectionHead(batch), ...figures, items: presentItems(items, mandates) };
}

function factsOf({ currency, creditAccountId, clearingAccountId, policy, amount, createdAt }: Batch) {
  return { currency, creditAccountId, clearingAccountId, policy, amount: presentAmount(amount, currency), createdAt };
}

function figuresOf({ currency, refused }: Batch, items: readonly CollectionItem[]) {
  const { state, money, counts } = batchFigures(items, refused);
  return { state, money: presentMoney(money, currency), counts };
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

type Mandates = ReadonlyMap<string, Pick<Mandate, 'agreementNumber' | 'payer'>>;

/** Items with whom they collect from. */
export function presentItems(items: readonly CollectionItem[], mandates: Mandates) {
  return items.map((item) => {
    const mandate = mandates.get(item.mandateId);
    if (!mandate) throw new Error(`There is no mandate ${item.mandateId}.`);
    const { agreementNumber, payer } = mandate;
    const { line, piece, mandateId, ...shown } = presentItem(item);
    return { line, piece, mandateId, agreementNumber, payerName: payer.name, ...shown };
  });
}

/** An item with all its tries. */
export function presentItem(item: CollectionItem) {
  const { line, piece, mandateId, amount, dueOn, description, references, tries, ended, contradicted, passedOn } = item;
  const currency = item.currency as CurrencyCode;
  const last = tries.at(-1);
  const reason = ended?.reason ?? last?.reason;
  const detail = reason && ((reason === last?.reason && last.detail) || reasons[reason].text);
  const ledgerCode = refusedByLedger(item);
  return {
    line,
    piece,
    mandateId,
    amount: presentAmount(amount, currency),
    state: itemState(item),
    ...defined({ reason, detail }),
    money: presentMoney(moneyOf(item), currency),
    ...(isLargeValue(item) && { largeValue: true as const }),
    ...(ledgerCode !== undefined && { booked: false as const, ledgerCode }),
    ...(contradicted && { contradicted: contradicted.map((told) => presentContradiction(told, currency)) }),
    ...(passedOn && { passedOn: passedOn.map((one) => presentPassedOn(one, currency)) }),
    dueOn,
    ...defined({ nextTryAt: waitsUntil(item), description }),
    references: { ...references },
    tries: tries.map((one) => presentTry(one, currency)),
  };
}

function presentPassedOn({ amount, ...told }: PassedOn, currency: CurrencyCode) {
  return { ...told, amount: presentAmount(amount, currency) };
}

export function presentContradiction({ amount, ...told }: Contradiction, currency: string) {
  return { ...told, amount: presentAmount(amount, currency as CurrencyCode) };
}

function presentTry(one: Try, currency: CurrencyCode) {
  const {
    orderId,
    railId,
    railKind,
    amount,
    businessDate,
    state,
    settled,
    returned,
    fee,
    reason,
    code,
    routedAt,
    endedAt,
  } = one;
  const show = (minor: bigint | undefined) => (minor === undefined ? undefined : presentAmount(minor, currency));
  return {
    orderId,
    railId,
    railKind,
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
