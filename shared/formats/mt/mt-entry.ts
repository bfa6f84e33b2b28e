import { defined } from '../../objects/defined.ts';
import type { StatementEntry } from '../statement-events.ts';
import { readInformation } from './information.ts';
import type { InformationLines } from './information-lines.ts';
import { joinLines } from './join-lines.ts';
import type { StatementLine } from './statement-line.ts';

/** An entry whose field 86 may still come. */
export interface OpenEntry {
  readonly line: StatementLine;
  /** The lines of field 61 behind its first. */
  readonly supplementary: readonly string[];
  readonly information: InformationLines;
  repaired: boolean;
}

/** Written for the owner's reference where field 86 has it. */
const referenceElsewhere = 'KREF+';

export function toEntry(
  { line, supplementary, information, repaired }: OpenEntry,
  index: number,
  currency: string,
): StatementEntry {
  const { remittance, additional, counterparty, references } = readInformation(information.lines);
  const { entryReference, flags, ...rest } = line;
  return {
    index,
    currency,
    ...rest,
    ...defined({
      entryReference: entryReference === referenceElsewhere ? references.customerReference : entryReference,
      remittance,
      additionalInformation: bothOf(joinLines(supplementary).trim(), additional),
      counterparty,
    }),
    references,
    details: [],
    detailsCount: 0,
    flags: repaired ? [...flags, 'TEXT_NOT_UTF8'] : flags,
  };
}

function bothOf(one: string, other: string | undefined): string | undefined {
  if (one === '') return other;
  return other === undefined ? one : `${one} ${other}`;
}
