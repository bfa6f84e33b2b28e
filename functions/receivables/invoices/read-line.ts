import { describeIssue, type LocatedFault, locateFaults } from '../../../shared/http/faults.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Invoice } from './invoice.ts';
import { type InvoiceRequest, invoiceIn } from './line-shapes.ts';
import { readDue } from './terms.ts';

/** What an invoice says; whose it is by number or id. */
export interface AskedInvoice
  extends Pick<
    Invoice,
    'legalEntity' | 'number' | 'amount' | 'currency' | 'issuedOn' | 'dueOn' | 'discount' | 'references' | 'description'
  > {
  readonly customerId?: string;
  readonly customerNumber?: string;
}

/** One line of a batch, whatever it was written in: what is asked for, or all that is wrong with it. */
export type ReadLine =
  | { readonly line: number; readonly asked: AskedInvoice; readonly faults?: never }
  | { readonly line: number; readonly asked?: never; readonly faults: readonly FieldAndDetail[] };

/** The lines of a batch, and what fields are called where they come from. */
export interface SentLines {
  readonly lines: readonly ReadLine[];
  readonly nameOf?: ReadonlyMap<string, string>;
}

export interface FieldAndDetail {
  /** Name of the field or column. */
  readonly field: string;
  readonly detail: string;
}

export type ParsedLine =
  | { readonly request: InvoiceRequest; readonly faults?: never }
  | { readonly request?: never; readonly faults: readonly LocatedFault[] };

/** Reads one line, whatever it was written in: the request, or all its faults with the fields they are in. */
export function parseLine(value: unknown): ParsedLine {
  const { success, data, error } = invoiceIn.safeParse(value, { error: describeIssue });
  return success ? { request: data } : { faults: locateFaults(error.issues) };
}

/** Lines of JSON, numbered from 1. */
export function readJsonLines(values: readonly unknown[]): ReadLine[] {
  return values.map((value, place) => {
    const line = place + 1;
    const { request, faults = [] } = parseLine(value);
    if (request) return { line, asked: askedOf(request) };
    return { line, faults: faults.map(({ path, detail }) => ({ field: path.map(String).join('.'), detail })) };
  });
}

export function askedOf(request: InvoiceRequest): AskedInvoice {
  const { legalEntity, number, amount, issuedOn, references = {}, description, customerId, customerNumber } = request;
  const { dueOn, discount, fault } = { discount: undefined, ...readDue(issuedOn, request.dueOn, request.terms) };
  if (fault) throw new Error(`A request that was checked has a fault: ${fault.detail}`);
  return {
    ...{ legalEntity, number, amount: amount.minor, currency: amount.currency as CurrencyCode, issuedOn, dueOn },
    ...(discount && { discount }),
    references,
    ...defined({ description, customerId, customerNumber }),
  };
}
