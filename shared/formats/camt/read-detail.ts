import { defined } from '../../objects/defined.ts';
import type { CreditDebit, EntryDetail, EntryFlag, StatementEntry } from '../statement-events.ts';
import { find, type XmlNode } from '../xml/xml-node.ts';
import { type PlainAmount, readIndicator, readPlainAmount, type SignedAmount } from './read-amounts.ts';
import { type ChargeParts, chargePartsOf, readBeforeCharges } from './read-charges.ts';
import { chooseCounterparty, type Parties, readParties } from './read-parties.ts';
import { readReferences, readRemittance } from './read-references.ts';

/**
 * A transaction as far as it can be read by itself. The entry it belongs to may say its direction after it, so both
 * parties are kept; the XML is not.
 */
export interface DetailDraft {
  readonly amount?: XmlNode;
  readonly marked?: CreditDebit;
  readonly parties: Parties;
  readonly references: EntryDetail['references'];
  readonly remittance?: string;
  readonly beforeCharges: ChargeParts;
}

export function draftDetail(node: XmlNode, statement: string): DetailDraft {
  return {
    parties: readParties(node),
    references: readReferences(node),
    beforeCharges: chargePartsOf(node),
    ...defined({
      amount: find(node, 'Amt') ?? find(node, 'AmtDtls', 'TxAmt', 'Amt') ?? find(node, 'AmtDtls', 'InstdAmt', 'Amt'),
      marked: readIndicator(node, `${statement}/Ntry/NtryDtls/TxDtls`),
      remittance: readRemittance(node),
    }),
  };
}

export interface DetailContext {
  readonly entry: SignedAmount;
  /** What the entry's own indicator says, before a minus turned it round. */
  readonly marked: CreditDebit;
  readonly reversal: boolean;
  readonly element: string;
  readonly accountCurrency?: string;
  readonly ownAccount?: string;
}

/** A transaction goes the way its own indicator says, else that of its entry. */
export function finishDetail(draft: DetailDraft, context: DetailContext): EntryDetail {
  const value = draft.amount && readDetailAmount(draft.amount, context);
  const isCredit = ((draft.marked ?? context.marked) === 'CREDIT') !== (value?.negative ?? context.entry.negative);
  const creditDebit: CreditDebit = isCredit ? 'CREDIT' : 'DEBIT';
  return {
    references: draft.references,
    ...defined({
      amount: value && (isCredit ? value.magnitude : -value.magnitude),
      currency: value?.currency,
      counterparty: chooseCounterparty(draft.parties, creditDebit, context.reversal, context.ownAccount),
      remittance: draft.remittance,
    }),
    ...(value && readBeforeCharges(draft.beforeCharges, value.currency)),
  };
}

function readDetailAmount(amount: XmlNode, { element, entry }: DetailContext): PlainAmount {
  return readPlainAmount(amount, `${element}/NtryDtls/TxDtls/Amt`, entry.currency);
}

/** The details of an entry, and by how much they miss its amount; where one has none or another currency, nothing is said. */
export function addDetails(
  entry: SignedAmount,
  details: readonly EntryDetail[],
  flags: EntryFlag[],
): Pick<StatementEntry, 'details' | 'detailsCount' | 'detailsDifference'> {
  const base = { details, detailsCount: details.length };
  let difference = -entry.amount;
  for (const { amount, currency } of details) {
    if (amount === undefined || currency !== entry.currency) return base;
    difference += amount;
  }
  if (details.length === 0 || difference === 0n) return base;
  flags.push('DETAILS_DO_NOT_SUM');
  return { ...base, detailsDifference: difference };
}
