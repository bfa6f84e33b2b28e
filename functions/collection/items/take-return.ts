import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { positive, smaller } from '../../../shared/money/compare.ts';
import { sum } from '../../../shared/money/sum.ts';
import type { BankReport } from '../gateway/bank-gateway.ts';
import { reasonOfIso } from '../retries/reasons.ts';
import { contradict, contradictToo } from './contradict.ts';
import { type CollectionItem, firstWentBack, isOpen, type Try } from './item.ts';
import { type ItemChange, withTry } from './item-change.ts';
import { came } from './take-settlement.ts';

/**
 * What it does to an item that money of a try went back (退汇). One told before its money came is held back until that is told; where it is
 * of all that was asked for, it stands for both. What is told of a day that is known of it already changes nothing: banks tell a return in
 * a camt.054 and again in a camt.053. Any other is one more, up to what is left; that more went back is noted.
 */
export function takeReturn(item: CollectionItem, found: Try, report: BankReport): ItemChange | undefined {
  if (isOpen(found)) return early(item, found, report);
  if (found.settled === undefined) return contradict(item, found, report);
  if (isKnown(found, report)) return undefined;
  const left = leftOf(found);
  const said = report.amount ?? left;
  const amount = smaller(said, left);
  if (amount === 0n) return contradict(item, found, report);
  const { orderId } = found;
  const change = { item: withTry(item, returned(found, amount, report)), takeBack: { orderId, amount } };
  return said > left ? contradictToo(change, found, report) : change;
}

/** Money that came, and with it what was told before to have gone back of it. */
export function cameAndWentBack(
  item: CollectionItem,
  { heldBack = [], ...found }: Try,
  amount: bigint,
  report: BankReport,
): ItemChange {
  const whole = came(item, found, amount, report);
  const { orderId } = found;
  let after = whole.item;
  let back = 0n;
  for (const held of heldBack) {
    const one = after.tries.find((each) => each.orderId === orderId);
    const change = one && takeReturn(after, one, held);
    after = change?.item ?? after;
    back += change?.takeBack?.amount ?? 0n;
  }
  return { ...whole, item: after, ...(back > 0n && { takeBack: { orderId, amount: back } }) };
}

function early(item: CollectionItem, found: Try, report: BankReport): ItemChange | undefined {
  const { heldBack = [], ...rest } = found;
  const isOfAll = report.amount === undefined ? !found.partial : report.amount >= found.amount;
  if (isOfAll) return cameAndWentBack(item, { ...rest, heldBack: [report] }, found.amount, report);
  if (heldBack.some((one) => isSame(one, report))) return undefined;
  return { item: withTry(item, { ...found, heldBack: [...heldBack, report] }) };
}

function returned(found: Try, amount: bigint, { at, code }: BankReport): Try {
  if (found.returned !== undefined) {
    const further = [...(found.further ?? []), { kind: 'WENT_BACK' as const, amount, at }];
    return { ...found, returned: found.returned + amount, further };
  }
  return {
    ...found,
    state: 'RETURNED',
    returned: amount,
    reason: reasonOfIso(code),
    endedAt: at,
    ...(found.endedAt !== undefined && { settledAt: found.endedAt }),
    ...(code !== undefined && { code }),
  };
}

/** What came and has not gone back. Minor units. */
function leftOf({ settled = 0n, returned: back = 0n }: Try): bigint {
  return positive(settled - back);
}

/** Whether a return is known: by its day alone or with the others of its day, or as all that came. */
function isKnown(found: Try, report: BankReport): boolean {
  const { returned: back = 0n, settled = 0n, further = [], endedAt = '' } = found;
  if (back === 0n) return false;
  const amount = report.amount ?? settled;
  if (leftOf(found) === 0n && amount === back) return true;
  const first = { amount: firstWentBack(found), at: endedAt };
  const all = [first, ...further.filter(({ kind }) => kind === 'WENT_BACK')];
  const ofDay = all.filter(({ at }) => isSameDay(at, report.at)).map((one) => one.amount);
  return ofDay.includes(amount) || (ofDay.length > 0 && sum(ofDay) === amount);
}

function isSame(one: BankReport, other: BankReport): boolean {
  return one.amount === other.amount && isSameDay(one.at, other.at);
}

function isSameDay(one: string, other: string): boolean {
  return businessDateOf(new Date(one)) === businessDateOf(new Date(other));
}
