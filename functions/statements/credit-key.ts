import type { StatementEntry } from '../../shared/formats/statement-events.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import type { StoredEntry } from './stored-entry.ts';
import type { StoredStatement } from './stored-statement.ts';

type CreditFacts = Pick<
  StatementEntry,
  'amount' | 'currency' | 'bookingDate' | 'valueDate' | 'bankReference' | 'references'
>;

/** What MT writes where there is no reference. */
const noReference = 'NONREF';

/** What two reports of one credit agree on: amount, currency, day, and the bank's reference or else the payer's. */
function factsOf({ amount, currency, bookingDate, valueDate, bankReference, references }: CreditFacts): string[] {
  const own = bankReference === noReference ? undefined : bankReference;
  const reference = own ?? references.accountServicerReference ?? references.endToEndId ?? '';
  return [amount.toString(), currency, bookingDate ?? valueDate ?? '', reference.toWellFormed()];
}

/** Counts equal credits, or reversals of credits, of one statement: the first is 1, the next that says the same is 2. */
export function creditCounter(): (entry: CreditFacts) => number {
  const seen = new Map<string, number>();
  return (entry) => {
    const facts = factsOf(entry).join('\u001f');
    const ordinal = (seen.get(facts) ?? 0) + 1;
    seen.set(facts, ordinal);
    return ordinal;
  };
}

/**
 * The same for one credit whichever report tells it (camt.052, camt.053, camt.054, MT940, MT942), as far as the bank
 * gives it the same booking day and reference in each. Two equal credits of one report have different keys. A debit by
 * which a bank takes a credit back has a key of its own in the same way: its amount is below zero.
 */
export function creditKey({ tenant, accountId = '' }: StoredStatement, entry: StoredEntry): string {
  return deriveId('crd', tenant, accountId, ...factsOf(entry), String(entry.ordinal ?? 1));
}
