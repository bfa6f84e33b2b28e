import type { Plain } from '../../../shared/dynamo/items.ts';
import { customerPlace, keys, openInvoicePlace } from '../keys.ts';
import type { DiscountTerms } from '../matching/open-item.ts';
import { type Invoice, type InvoiceReduction, openOf } from './invoice.ts';
import { referenceTokensOf } from './reference-tokens.ts';

/** Items as plain objects ↔ the model. Counts come back from N as bigint, amounts stay it. */
export function invoiceToPlain(invoice: Invoice): Plain {
  const { tenant, id, customerId, issuedOn, dueOn } = invoice;
  return {
    ...keys.invoice(tenant, id),
    kind: 'INVOICE',
    ...invoice,
    ...customerPlace(tenant, customerId, issuedOn, 'INVOICE', id),
    ...(openOf(invoice) > 0n && openInvoicePlace(tenant, customerId, dueOn, id)),
  };
}

export function invoiceFromPlain(plain: Plain): Invoice {
  const { pk: _pk, sk: _sk, kind: _kind, discount, revision, ...rest } = plain;
  const { customerOf: _c, customerAt: _ca, openOf: _o, openAt: _oa, ...facts } = rest;
  return {
    ...(facts as unknown as Invoice),
    ...(discount !== undefined && { discount: discountFromPlain(discount as DiscountTerms) }),
    revision: Number(revision),
  };
}

function discountFromPlain({ basisPoints, withinDays }: DiscountTerms): DiscountTerms {
  return { basisPoints: Number(basisPoints), withinDays: Number(withinDays) };
}

/** What leads from a number or another reference to the invoice. It says nothing else, so it may be written again. */
export function referencePointers({ tenant, id, number, references }: Invoice): Plain[] {
  return referenceTokensOf(number, references).map((token) => ({
    ...keys.referenceToken(tenant, token, id),
    kind: 'REFERENCE_TOKEN',
  }));
}

export function reductionToPlain(reduction: InvoiceReduction): Plain {
  const { tenant, id, invoiceId, customerId, date, kind } = reduction;
  return {
    ...keys.reduction(tenant, invoiceId, id),
    ...reduction,
    ...customerPlace(tenant, customerId, date, kind, id),
  };
}

export function reductionFromPlain(plain: Plain): InvoiceReduction {
  const { pk: _pk, sk: _sk, customerOf: _of, customerAt: _at, ...facts } = plain;
  return facts as unknown as InvoiceReduction;
}
