import { readAmount } from '../amount-text.ts';
import { FormatError } from '../format-error.ts';
import type { CreditDebit } from '../statement-events.ts';
import { find, textAt, type XmlNode } from '../xml/xml-node.ts';

export interface SignedAmount {
  readonly amount: bigint;
  readonly currency: string;
  readonly creditDebit: CreditDebit;
  readonly indicatorMissing: boolean;
  readonly negative: boolean;
}

/**
 * The amount of an element with `Amt` and `CdtDbtInd`, signed. Without an indicator it is `assumed`. A minus in the
 * text, which ISO 20022 does not allow, turns the direction round.
 * @throws FormatError missing-field, bad-field and those of `readAmount`
 */
export function readSignedAmount(
  node: XmlNode,
  element: string,
  accountCurrency: string | undefined,
  assumed: CreditDebit = 'CREDIT',
): SignedAmount {
  const amount = find(node, 'Amt');
  if (!amount) throw new FormatError('missing-field', 'There is no amount', { element: `${element}/Amt` });
  const marked = readIndicator(node, element);
  const value = readPlainAmount(amount, `${element}/Amt`, accountCurrency);
  const isCredit = ((marked ?? assumed) === 'CREDIT') !== value.negative;
  return {
    amount: isCredit ? value.magnitude : -value.magnitude,
    currency: value.currency,
    creditDebit: isCredit ? 'CREDIT' : 'DEBIT',
    indicatorMissing: marked === undefined,
    negative: value.negative,
  };
}

export function readIndicator(node: XmlNode, element: string): CreditDebit | undefined {
  const text = textAt(node, 'CdtDbtInd')?.toUpperCase();
  if (text === undefined) return undefined;
  if (text === 'CRDT') return 'CREDIT';
  if (text === 'DBIT') return 'DEBIT';
  const what = `'${text.slice(0, 10)}' is neither CRDT nor DBIT`;
  throw new FormatError('bad-field', what, { element: `${element}/CdtDbtInd` });
}

export interface PlainAmount {
  readonly magnitude: bigint;
  readonly negative: boolean;
  readonly currency: string;
}

/** An element with an amount and its currency, `<Amt Ccy="EUR">0.2</Amt>`; without `Ccy` it is the account's. */
export function readPlainAmount(node: XmlNode, element: string, accountCurrency: string | undefined): PlainAmount {
  const currency = node.attributes.Ccy ?? accountCurrency;
  if (currency === undefined) throw new FormatError('missing-field', 'The amount has no currency', { element });
  return { ...readAmount(node.text.trim(), currency, element), currency };
}
