import { addDays, type PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { DiscountTerms } from '../matching/open-item.ts';

/** Terms of payment, such as 2/10 net 30: two percent off within ten days of the issue, due thirty days after it. */
export interface PaymentTerms {
  readonly discount?: DiscountTerms;
  /** Days from the issue to the due day. */
  readonly netDays?: number;
}

export type TermsReading =
  | { readonly terms: PaymentTerms; readonly fault?: never }
  | { readonly terms?: never; readonly fault: string };

/** Days from the issue of an invoice to anything that its terms name, at most. */
export const termDaysMax = 1_095;

const form =
  /^(?:(?<percent>\d{1,2}(?:\.\d{1,2})?) ?%? ?\/ ?(?<within>\d{1,4}))?(?:[ ,;]+|^)?(?:(?:net|n) ?\/? ?(?<net>\d{1,4}))?$/i;

/** Reads terms as invoices print them: `2/10 net 30`, `2%/10, n/30`, `net 60`, `1.5/10`. */
export function readTerms(text: string): TermsReading {
  const groups = form.exec(text.normalize('NFKC').trim().replace(/\s+/g, ' '))?.groups;
  const { percent, within, net } = groups ?? {};
  if (percent === undefined && net === undefined) {
    return { fault: 'Send terms such as "2/10 net 30", "net 30" or "2/10".' };
  }
  const netDays = net === undefined ? undefined : Number(net);
  const discount = percent === undefined || within === undefined ? undefined : discountOf(percent, Number(within));
  const fault = termsFault(discount, netDays);
  if (fault !== undefined) return { fault };
  return { terms: { ...(discount && { discount }), ...(netDays !== undefined && { netDays }) } };
}

function discountOf(percent: string, withinDays: number): DiscountTerms {
  const [whole = '', part = ''] = percent.split('.');
  return { basisPoints: Number(whole + part.padEnd(2, '0')), withinDays };
}

function termsFault(discount: DiscountTerms | undefined, netDays: number | undefined): string | undefined {
  const { basisPoints = 1, withinDays = 0 } = discount ?? {};
  if (basisPoints === 0) return 'A discount of zero is none; leave it out.';
  if (Math.max(withinDays, netDays ?? 0) > termDaysMax) return `Send at most ${termDaysMax} days.`;
  if (netDays !== undefined && withinDays > netDays)
    return 'The discount would last beyond the due day; send fewer days.';
  return undefined;
}

/** As invoices print them. */
export function termsText({ discount, netDays }: PaymentTerms): string | undefined {
  const parts = [
    ...(discount ? [`${percentText(discount.basisPoints)}/${discount.withinDays}`] : []),
    ...(netDays === undefined ? [] : [`net ${netDays}`]),
  ];
  return parts.length > 0 ? parts.join(' ') : undefined;
}

function percentText(basisPoints: number): string {
  const [whole, part] = [Math.trunc(basisPoints / 100), basisPoints % 100];
  return part === 0 ? `${whole}` : `${whole}.${String(part).padStart(2, '0').replace(/0$/, '')}`;
}

/** What the due day is, and the discount; or what they lack or say against each other, with the field that says it. */
export type DueReading =
  | { readonly dueOn: PlainDate; readonly discount?: DiscountTerms; readonly fault?: never }
  | { readonly dueOn?: never; readonly fault: { readonly field: 'dueOn' | 'terms'; readonly detail: string } };

export function readDue(issuedOn: PlainDate, dueOn: PlainDate | undefined, terms: string | undefined): DueReading {
  const reading = terms === undefined ? { terms: {} } : readTerms(terms);
  if (!reading.terms) return { fault: { field: 'terms', detail: reading.fault } };
  const { netDays, discount } = reading.terms as PaymentTerms;
  const byTerms = netDays === undefined ? undefined : addDays(issuedOn, netDays);
  const due = dueOn ?? byTerms;
  if (due === undefined) return fault('dueOn', 'Send the due day, or terms that say it, such as "net 30".');
  if (due < issuedOn) return fault('dueOn', `It is due before it is issued; send ${issuedOn} or a later day.`);
  if (byTerms !== undefined && due !== byTerms) {
    return fault('dueOn', `By its terms it is due on ${byTerms}; send that day, or leave one of the two out.`);
  }
  const latest = addDays(issuedOn, termDaysMax);
  if (due > latest) return fault('dueOn', `Send a day up to ${latest}.`);
  if (discount && addDays(issuedOn, discount.withinDays) > due) {
    return fault('terms', 'The discount would last beyond the due day; send fewer days.');
  }
  return { dueOn: due, ...(discount && { discount }) };
}

function fault(field: 'dueOn' | 'terms', detail: string): DueReading {
  return { fault: { field, detail } };
}
