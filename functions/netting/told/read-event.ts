import * as z from 'zod';
import type { DomainEvent } from '../../../shared/events/event.ts';
import { nonNegativeAmount, positiveAmount } from '../../../shared/http/schemas.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { shortDescription, shortReason, type Told } from './told.ts';

/** A movement of a collection for others: the account that it came to is asked for by the order. */
export interface ToldOfOrder extends Omit<Told, 'payer' | 'payee'> {
  readonly orderId: string;
  readonly beneficiary: string;
  /** The money went back to who had paid: the beneficiary owes it to the collector. */
  readonly wentBack: boolean;
}

const invoice = z.object({
  id: z.string(),
  legalEntity: z.string(),
  number: z.string(),
  customerId: z.string(),
  open: nonNegativeAmount,
  dueOn: z.iso.date(),
  dispute: z.object({ reason: z.string() }).optional(),
  version: z.int(),
});

/** All events of an invoice carry it as it then stood, so any of them, in any order, says all that there is. */
function readInvoice(event: DomainEvent): Told {
  const { id: subject, legalEntity, number, customerId, open, dueOn, dispute, version } = invoice.parse(event.data);
  return {
    ...headOf(event),
    ...{ source: 'INVOICES', subject, version, date: dueOn, description: shortDescription(number) },
    payer: { as: 'CUSTOMER', value: customerId },
    payee: { as: 'LEGAL_ENTITY', value: legalEntity },
    ...moneyOf(open),
    ...(dispute && { dispute: shortReason(dispute.reason) }),
  };
}

const loan = z.object({
  id: z.string(),
  lender: z.string(),
  borrower: z.string(),
  contract: z.string(),
  dueOn: z.iso.date(),
  outstanding: nonNegativeAmount,
  version: z.int(),
});

function readLoan(event: DomainEvent): Told {
  const { id: subject, lender, borrower, contract, dueOn, outstanding, version } = loan.parse(event.data);
  return {
    ...headOf(event),
    ...{ source: 'POOL_LOANS', subject, version, date: dueOn, description: shortDescription(contract) },
    payer: { as: 'POOL_ENTITY', value: borrower },
    payee: { as: 'POOL_ENTITY', value: lender },
    ...moneyOf(outstanding),
  };
}

/** States of a payout that was not paid as it was meant to. */
const didNotGo: ReadonlySet<string> = new Set(['HELD', 'PENDING_FUNDS', 'NETTED', 'FAILED', 'RETURNED']);

const settlement = z.object({
  id: z.string(),
  marketId: z.string(),
  merchantId: z.string(),
  date: z.iso.date(),
  payout: nonNegativeAmount,
  payouts: z.array(z.object({ state: z.string(), isRetry: z.boolean().default(false) })),
  unpaid: nonNegativeAmount.optional(),
  version: z.int(),
});

/**
 * What a merchant did not get and is not on its way. What is held of a suspended one is nobody's to be paid yet; and of what goes the
 * first time nothing was ever told as owed.
 */
function readSettlement(event: DomainEvent): Told | undefined {
  const { id: subject, marketId, merchantId, date, payout, payouts, unpaid, version } = settlement.parse(event.data);
  const last = payouts.at(-1);
  if (payouts.length <= 1 && !last?.isRetry && !didNotGo.has(last?.state ?? '')) return undefined;
  const isHeld = last?.state === 'HELD';
  const { currency } = payout;
  return {
    ...headOf(event),
    ...{ source: 'PAYOUTS', subject, version, description: shortDescription(`${merchantId} ${date}`) },
    payer: { as: 'MARKET', value: marketId },
    payee: { as: 'MERCHANT', value: merchantId },
    ...moneyOf(isHeld || !unpaid ? { minor: 0n, currency } : unpaid),
  };
}

const item = z.object({
  references: z.record(z.string(), z.string()).default({}),
  description: z.string().optional(),
  tries: z.array(z.object({ orderId: z.string() })).min(1),
  settledNow: positiveAmount.optional(),
  returnedNow: positiveAmount.optional(),
  movementId: z.string(),
});

/** The reference of a collection that says for whom it is. */
export const beneficiaryReference = 'onBehalfOf';

/** Each movement is a fact of its own, by its name; and no other event takes it back. */
function readMovement(event: DomainEvent): ToldOfOrder | undefined {
  const { references, description, tries, settledNow, returnedNow, movementId } = item.parse(event.data);
  const beneficiary = references[beneficiaryReference];
  const orderId = tries[0]?.orderId;
  if (beneficiary === undefined || orderId === undefined) return undefined;
  const moved = settledNow ?? returnedNow;
  if (!moved) throw new Error(`The event ${event.id} does not say what moved.`);
  return {
    ...headOf(event),
    ...{ source: 'COLLECTIONS', subject: movementId, version: 1, orderId, beneficiary },
    ...moneyOf(moved),
    wentBack: settledNow === undefined,
    ...defined({ description: description === undefined ? undefined : shortDescription(description) }),
  };
}

function headOf({ tenant, occurredAt, actor }: DomainEvent): Pick<Told, 'tenant' | 'toldAt' | 'cause'> {
  return { tenant, toldAt: occurredAt, cause: actor };
}

function moneyOf({ minor, currency }: { readonly minor: bigint; readonly currency: string }) {
  return { owed: minor, currency: currency as CurrencyCode };
}

const readers: Readonly<Record<string, (event: DomainEvent) => Told | ToldOfOrder | undefined>> = {
  'receivables.invoice-issued.v1': readInvoice,
  'receivables.invoice-disputed.v1': readInvoice,
  'receivables.invoice-dispute-resolved.v1': readInvoice,
  'receivables.invoice-paid.v1': readInvoice,
  'receivables.invoice-reopened.v1': readInvoice,
  'receivables.invoice-open-changed.v1': readInvoice,
  'pooling.loan-due.v1': readLoan,
  'settlement.payout-waiting.v1': readSettlement,
  'settlement.payout-sending.v1': readSettlement,
  'settlement.payout-failed.v1': readSettlement,
  'settlement.payout-returned.v1': readSettlement,
  'settlement.payout-retried.v1': readSettlement,
  'settlement.settlement-paid.v1': readSettlement,
  'collection.item-settled.v1': readMovement,
  'collection.item-returned.v1': readMovement,
};

/** The events that are read. */
export const toldTypes = Object.keys(readers);

/**
 * What an event says is owed; nothing where it says nothing of the kind. Throws ZodError on data of another shape, RangeError on other
 * events.
 */
export function readEvent(event: DomainEvent): Told | ToldOfOrder | undefined {
  const read = readers[event.type];
  if (!read) throw new RangeError(`Events ${event.type} are not read.`);
  return read(event);
}
