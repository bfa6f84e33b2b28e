import type { SplitLine, SplitTerms } from './split-rule.ts';

/**
 * Terms as they are for one selling merchant: a line that names it is its own. Its lines do not count as given away, so this
 * comes before the split of every order.
 */
export function termsFor(terms: SplitTerms, merchantId: string): SplitTerms {
  if (!terms.lines.some(({ receiver }) => receiver === merchantId)) return terms;
  return { ...terms, lines: terms.lines.map((line) => (line.receiver === merchantId ? ownLine(line) : line)) };
}

function ownLine({ receiver: _, ...line }: SplitLine): SplitLine {
  return line;
}

export function remainderLine(lines: readonly SplitLine[]): SplitLine | undefined {
  return lines.find(({ share }) => share.kind === 'REMAINDER');
}

/**
 * The selling merchant's line that takes what nobody else does, the lowest in sequence: neither FIXED, which never changes, nor
 * capped. Without one it goes to the merchant in a leg of its own.
 */
export function merchantsLine(lines: readonly SplitLine[]): SplitLine | undefined {
  return lines
    .filter(({ receiver, share, cap }) => receiver === undefined && share.kind !== 'FIXED' && cap === undefined)
    .reduce<SplitLine | undefined>(
      (first, line) => (first && first.sequence < line.sequence ? first : line),
      undefined,
    );
}

/** The line whose leg the fee is taken from; none where that is the merchant's leg without a line. */
export function feeBearingLine({ lines, feeBearer }: Pick<SplitTerms, 'lines' | 'feeBearer'>): SplitLine | undefined {
  if (feeBearer?.kind === 'LINE') return lines.find(({ sequence }) => sequence === feeBearer.sequence);
  const remainder = feeBearer?.kind === 'MERCHANT' ? undefined : remainderLine(lines);
  return remainder ?? merchantsLine(lines);
}
