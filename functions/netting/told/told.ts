import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import type { CurrencyCode } from '../../../shared/money/currency.ts';
import type { Identity, Source } from '../centres/identity.ts';
import { descriptionSize, reasonSize, referenceSize, shortened } from '../obligations/text-size.ts';

/** What an event says that one owes another, as its source knows them. */
export interface Told {
  readonly tenant: string;
  readonly source: Source;
  /** What it is of, within the source: an invoice, a loan, a settlement; of collections the movement, for each is by itself. */
  readonly subject: string;
  /** Of all that is told of a subject the highest counts, in whatever order it comes. */
  readonly version: number;
  readonly payer: Identity;
  readonly payee: Identity;
  readonly currency: CurrencyCode;
  /** By now, in all. Minor units; zero where nothing is owed any more. */
  readonly owed: bigint;
  /** Why it is disputed, as long as it is. */
  readonly dispute?: string;
  /** The day that it is of; that on which it was told where there is none. */
  readonly date?: PlainDate;
  readonly description?: string;
  readonly toldAt: string;
  readonly cause: Cause;
}

/** The reference of the obligation that comes of it: however often it is told, there is one. Throws RangeError beyond its length. */
export function referenceOf({ source, subject }: Pick<Told, 'source' | 'subject'>): string {
  const reference = `${source}/${subject}`;
  if (reference.length > referenceSize.characters) throw new RangeError(`The reference ${reference} is too long.`);
  return reference;
}

export const shortDescription = (text: string) => shortened(text, descriptionSize);
export const shortReason = (text: string) => shortened(text, reasonSize);

/** Of each subject what was told last. */
export function latestOf(told: readonly Told[]): Told[] {
  const latest = new Map<string, Told>();
  for (const one of told) {
    const name = `${one.tenant} ${referenceOf(one)}`;
    const before = latest.get(name);
    if (!before || before.version < one.version) latest.set(name, one);
  }
  return [...latest.values()];
}
