import { minorUnitDigits } from '../../../../shared/money/currency.ts';
import { accountsOf, type Case } from '../book/case.ts';
import type { OpenReceipt } from '../open-item.ts';
import { type FoundReferences, findReferences } from '../references/find-references.ts';
import { namedBy, sureHits } from '../rules/named-invoices.ts';
import type { Run } from '../rules/proposal.ts';
import { identifyPayer, type NameOf } from './identify-payer.ts';

/** Customers that share a name and whose short numbers are looked for, at most. */
const askedMax = 5;
/** Kinds of structured references that say what is paid. */
const namingKinds: ReadonlySet<string> = new Set(['invoice', 'order', 'contract', 'creditorReference']);

/** A receipt with what it says: who paid, by the rules that are on, and the numbers that it names. */
export function readCase({ book, customers, index, rules }: Run, receipt: OpenReceipt, normalised: NameOf): Case {
  const { virtualAccountKey, ...plain } = receipt;
  const isVirtual = virtualAccountKey !== undefined && !rules.off.includes('VIRTUAL_ACCOUNT');
  const payer = identifyPayer(customers, isVirtual ? receipt : plain, normalised);
  const asked = payer.customerId === undefined ? payer.among.slice(0, askedMax) : [payer.customerId];
  const amounts = amountsOf(receipt);
  const read = (lines: readonly string[]) => findReferences(index, { lines, customers: asked, amounts });
  const references = read(receipt.texts);
  // Structured references are lines of their own, after a word that says that they are numbers.
  const structured = Object.entries(receipt.references).map(([kind, value]) => `${wordFor(kind)} ${value}`);
  const pool = book.pool(receipt);
  const account = payer.customerId === undefined ? undefined : pool.account(payer.customerId);
  const all = structured.length === 0 ? references : both(read(structured), references);
  const sure = namedBy({ payer, pool }, sureHits({ payer, references: all }));
  return { receipt, pool, payer, account, references: all, sure, accounts: accountsOf(pool, account, all) };
}

/** The word before a structured reference: an end-to-end number, say, may be anything of the payer's. */
function wordFor(kind: string): string {
  return namingKinds.has(kind) ? 'INVOICE' : 'NO';
}

/** Only a text is cut: structured references come whole. */
function both(structured: FoundReferences, text: FoundReferences): FoundReferences {
  return {
    ...text,
    hits: [...structured.hits, ...text.hits],
    strangers: [...new Set([...structured.strangers, ...text.strangers])],
  };
}

/** The amount as a payer may write it without a point: in minor units and in whole ones. */
function amountsOf({ amount, currency }: OpenReceipt): ReadonlySet<string> {
  const unit = 10n ** BigInt(minorUnitDigits(currency));
  return new Set([String(amount), String(amount / unit)]);
}
