import { createHash } from 'node:crypto';
import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import { instant } from '../../../shared/http/schemas.ts';
import { maskNumbersIn } from '../../../shared/identifiers/mask.ts';
import { AmountError, parseAmount } from '../../../shared/money/amount.ts';
import { isCurrency } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { Problem } from '../../../shared/problems/problem.ts';
import { readPublicKey, signatureFault } from '../channels/callback-signature.ts';
import { type PayMethod, payMethodCodes, payMethods } from '../channels/channel.ts';
import { findChannel } from '../channels/keep-channel.ts';
import type { CallbackBody } from '../channels/signed-text.ts';
import { problems } from '../problems.ts';
import type { SettlementStore } from '../store.ts';
import { type Acting, changeOrder } from './change-order.ts';
import { keepPayment } from './keep-payment.ts';
import { type RefundResult, refundResults } from './order.ts';
import { readPlanFacts } from './read-plan-facts.ts';
import { recordPayment } from './record-payment.ts';
import { tellResult } from './refund-result.ts';
import { type AskedPayment, contentOf } from './unassigned.ts';

export interface CallbackPlace {
  readonly tenant: string;
  readonly marketId: string;
  readonly channelId: string;
}

/**
 * Takes what a channel calls back with: a payment, or the result of a refund (where it names a refundNo). Once its signature is
 * verified it is always acknowledged: what no order can take is kept, and shown with why.
 *
 * @throws Problem `settlement/channel-not-found`, `settlement/callback-refused`; and those of decideAndWrite.
 */
export async function takeCallback(
  store: SettlementStore,
  place: CallbackPlace,
  body: CallbackBody,
  on: Acting,
): Promise<void> {
  await requireSigned(store, place, body);
  const read = readCallback(place, body);
  const payment = 'payment' in read ? read.payment : undefined;
  try {
    if ('detail' in read) throw problems['callback-unreadable'].with({ detail: read.detail });
    if ('result' in read) await tellRefund(store, place, read, on);
    else await recordPayment(store, { ...place, no: read.orderNo, isSigned: true }, read.payment, on);
  } catch (error) {
    if (!(error instanceof Problem) || error.status >= 500 || error.code === 'request/conflict-retry') throw error;
    await keep(store, place, { body, ...defined({ payment }) }, error, on);
  }
}

/** By the channel, and for this address: signed for another one, it would be the same payment a second time. */
async function requireSigned(store: SettlementStore, place: CallbackPlace, body: CallbackBody): Promise<void> {
  const { callbackKeys } = await findChannel(store, place);
  const keys = callbackKeys.flatMap((pem) => {
    const read = readPublicKey(pem);
    return 'key' in read ? [read.key] : [];
  });
  const fault = signatureFault(body, keys);
  if (!fault) return requireAddressed(place, body);
  const detail = keys.length === 0 ? 'The channel has no key to verify it by.' : 'The signature is not the channel’s.';
  throw problems['callback-refused'].with({ detail, reason: fault.code });
}

function requireAddressed(place: CallbackPlace, body: CallbackBody): void {
  const field = (['tenant', 'marketId', 'channelId'] as const).find((name) => textIn(body, name) !== place[name]);
  if (field === undefined) return;
  const detail = `Its ${field} is not ${place[field]}, which it was sent to.`;
  throw problems['callback-refused'].with({ detail, reason: 'ADDRESS_WRONG', field });
}

type ReadCallback =
  | { readonly orderNo: string; readonly payment: AskedPayment }
  | { readonly orderNo: string; readonly refundNo: string; readonly result: RefundResult }
  | { readonly detail: string };

/**
 * Payment: orderNo, transactionId, amount (decimal text), currency, paidAt, and where they are told fee and payMethod. Refund: orderNo,
 * refundNo, result.
 */
function readCallback({ channelId }: CallbackPlace, body: CallbackBody): ReadCallback {
  const orderNo = textIn(body, 'orderNo');
  if (orderNo === undefined) return { detail: 'It names no orderNo.' };
  const refundNo = textIn(body, 'refundNo');
  if (refundNo !== undefined) {
    const result = refundResults.find((one) => one === body.result);
    return result ? { orderNo, refundNo, result } : { detail: `result is none of ${refundResults.join(', ')}.` };
  }
  const transactionId = textIn(body, 'transactionId');
  if (transactionId === undefined) return { detail: 'It names no transactionId.' };
  const { data: paidAt } = instant.safeParse(textIn(body, 'paidAt'));
  if (paidAt === undefined) return { detail: 'paidAt is no instant with its offset.' };
  const currency = textIn(body, 'currency') ?? '';
  if (!isCurrency(currency)) return { detail: 'currency is no code of ISO 4217.' };
  try {
    const amount = parseAmount(textIn(body, 'amount') ?? '', currency);
    const told = textIn(body, 'fee');
    const fee = told === undefined ? undefined : parseAmount(told, currency);
    if (amount <= 0n || (fee ?? 0n) < 0n) return { detail: 'An amount is not above zero.' };
    const payMethod = payMethodOf(textIn(body, 'payMethod'));
    const payment = { channelId, transactionId, amount, currency, paidAt };
    return { orderNo, payment: { ...payment, ...defined({ fee, payMethod }) } };
  } catch (error) {
    if (!(error instanceof AmountError)) throw error;
    return { detail: maskNumbersIn(error.message) };
  }
}

/** By its name or its code; another one tells nothing. */
function payMethodOf(told: string | undefined): PayMethod | undefined {
  return payMethods.find((method) => method === told || payMethodCodes[method] === told);
}

async function tellRefund(
  store: SettlementStore,
  { tenant, marketId }: CallbackPlace,
  { orderNo, refundNo, result }: Extract<ReadCallback, { readonly result: RefundResult }>,
  on: Acting,
): Promise<void> {
  const decide = async (order: Parameters<typeof tellResult>[0]) => {
    if (order.marketId !== marketId)
      throw problems['order-not-found'].with({ detail: `${marketId} has no order ${orderNo}.` });
    return tellResult(order, refundNo, result, { at: on.at, facts: await readPlanFacts(store, order) });
  };
  await changeOrder(store, { tenant, no: orderNo }, decide, on);
}

/** Under the number that it names; what names none gets one by its content, which no order can have. */
async function keep(
  store: SettlementStore,
  { tenant, marketId, channelId }: CallbackPlace,
  { body, payment }: { readonly body: CallbackBody; readonly payment?: AskedPayment },
  problem: Problem,
  on: Acting,
): Promise<void> {
  const { signature: _, ...signed } = body;
  const digest = createHash('sha256').update(canonicalJson(signed)).digest('hex').slice(0, 16);
  const orderNo = textIn(body, 'orderNo') ?? `~${digest}`;
  const transactionId = textIn(body, 'transactionId') ?? textIn(body, 'refundNo') ?? digest;
  const told = payment
    ? { ...payment, told: payment, content: contentOf(payment) }
    : { channelId, transactionId, content: readOf(body) };
  const reason = { code: problem.code, detail: problem.fields.detail };
  await keepPayment(store, { tenant, orderNo, marketId }, told, reason, on);
}

const numberFields = ['orderNo', 'transactionId', 'refundNo'] as const;
const otherFields = ['amount', 'currency', 'fee', 'paidAt', 'payMethod', 'result'] as const;

/**
 * What is kept of a callback that tells no payment: the fields that are read here. Others tell of who paid, by cards and phones, and are
 * nobody's here.
 */
function readOf(body: CallbackBody): string {
  const numbers = numberFields.map((field) => [field, textIn(body, field)]);
  const others = otherFields.map((field) => [field, maskNumbersIn(textIn(body, field) ?? '') || undefined]);
  return canonicalJson(defined(Object.fromEntries([...numbers, ...others])));
}

const TEXT_LENGTH_MAX = 64;

/** What is empty is as if it were not there, as for the signature. */
function textIn(body: CallbackBody, field: string): string | undefined {
  const value = body[field];
  const isUsable = typeof value === 'string' && value !== '' && value.length <= TEXT_LENGTH_MAX;
  return isUsable ? value : undefined;
}
