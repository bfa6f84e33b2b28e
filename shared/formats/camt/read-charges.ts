import { defined } from '../../objects/defined.ts';
import { FormatError } from '../format-error.ts';
import type { BeforeCharges, Charges } from '../statement-events.ts';
import { find, findAll, textAt, type XmlNode } from '../xml/xml-node.ts';
import { readPlainAmount } from './read-amounts.ts';

/** The parts of an entry or transaction that say what its amount was before charges. */
export interface ChargeParts {
  readonly instructed?: XmlNode;
  readonly charges?: readonly XmlNode[];
}

export function chargePartsOf(node: XmlNode): ChargeParts {
  const charges = findAll(node, 'Chrgs');
  return defined({
    instructed: find(node, 'AmtDtls', 'InstdAmt', 'Amt'),
    charges: charges.length > 0 ? charges : undefined,
  });
}

/** What cannot be read, or is in another currency, is left: the amount itself is what counts. */
export function readBeforeCharges({ instructed, charges = [] }: ChargeParts, currency: string): BeforeCharges {
  return defined({
    instructedAmount: instructed && signedIn(instructed, currency),
    charges: readCharges(charges, currency),
  });
}

function readCharges(charges: readonly XmlNode[], currency: string): Charges | undefined {
  let [included, apart] = [0n, 0n];
  for (const one of charges.flatMap(recordsOf)) {
    const amount = find(one, 'Amt') ?? find(one, 'TtlChrgsAndTaxAmt');
    const value = amount && signedIn(amount, currency);
    if (value === undefined) return undefined;
    const borne = textAt(one, 'CdtDbtInd')?.toUpperCase() === 'CRDT' ? -value : value;
    if (textAt(one, 'ChrgInclInd') === 'false' || textAt(one, 'ChrgInclInd') === '0') apart += borne;
    else included += borne;
  }
  return included === 0n && apart === 0n ? undefined : { included, apart };
}

/** Up to version 3 each `Chrgs` is a record; after it they are within one, or there is the total alone. */
function recordsOf(charges: XmlNode): readonly XmlNode[] {
  const records = findAll(charges, 'Rcrd');
  return records.length > 0 ? records : [charges];
}

function signedIn(amount: XmlNode, currency: string): bigint | undefined {
  if ((amount.attributes.Ccy ?? currency) !== currency) return undefined;
  try {
    const { magnitude, negative } = readPlainAmount(amount, 'Amt', currency);
    return negative ? -magnitude : magnitude;
  } catch (error) {
    if (error instanceof FormatError) return undefined;
    throw error;
  }
}
