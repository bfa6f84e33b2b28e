import type { BeforeCharges, StatementEntry } from '../../../../shared/formats/statement-events.ts';
import { sum } from '../../../../shared/money/sum.ts';

/** What moved of an order before the bank's charges, signed as the amount, and the charges where they are told. */
export interface Moved {
  readonly amount: bigint;
  readonly fee?: bigint;
}

/**
 * What an amount net of charges was before them: what was instructed, else what the charges say. Of 1,000.00 that cost 10.00,
 * 990.00 come, or 1,010.00 go. Instructed amounts that charges cannot explain, more than went or less than came, are left.
 */
export function beforeCharges(net: bigint, { instructedAmount, charges }: BeforeCharges): Moved {
  const { included, apart } = charges ?? { included: 0n, apart: 0n };
  const toZero = net > 0n ? 1n : -1n;
  const instructed = instructedAmount === undefined ? undefined : instructedAmount * toZero;
  const whole = instructed !== undefined && instructed >= net ? instructed : net + included;
  if (whole === 0n || whole > 0n !== net > 0n) return { amount: net };
  const taken = whole - net;
  return withFee(whole, taken > 0n ? taken + apart : included + apart);
}

/** Where the transactions of an entry stand as they were before charges, which the entry itself is net of. */
export function isBeforeCharges({ detailsDifference, details, charges }: StatementEntry): boolean {
  if (detailsDifference === undefined) return false;
  const ofDetails = sum(details.map((one) => one.charges?.included ?? 0n));
  return detailsDifference === ofDetails || detailsDifference === charges?.included;
}

/** The same of an amount that stands as it was before charges. */
export function asItStands(amount: bigint, { charges }: BeforeCharges): Moved {
  return withFee(amount, (charges?.included ?? 0n) + (charges?.apart ?? 0n));
}

function withFee(amount: bigint, fee: bigint): Moved {
  return fee > 0n ? { amount, fee } : { amount };
}
