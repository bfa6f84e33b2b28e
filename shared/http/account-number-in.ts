import * as z from 'zod';
import { normaliseAccountNumber } from '../identifiers/account-number.ts';
import { checkIban } from '../identifiers/iban.ts';

const LENGTH_MIN = 4;
const LENGTH_MAX = 34;
/** As it may be written, with blanks and dashes. */
const WRITTEN_LENGTH_MAX = 60;

/** Letters, then digits: nothing but an IBAN begins like that. */
const isIban = (number: string) => /^[A-Z]{2}[0-9]{2}/.test(number);

/** A number of an account, in whatever spelling: read in the one under which it is compared. */
export const accountNumberIn = z
  .string()
  .max(WRITTEN_LENGTH_MAX)
  .transform(normaliseAccountNumber)
  .superRefine((number, context) => {
    const message = numberFault(number);
    if (message) context.addIssue({ code: 'custom', message });
  });

function numberFault(number: string): string | undefined {
  if (!/^[A-Z0-9/]+$/.test(number) || number.length < LENGTH_MIN || number.length > LENGTH_MAX) {
    return `Send ${LENGTH_MIN} to ${LENGTH_MAX} letters and digits.`;
  }
  return isIban(number) ? checkIban(number) : undefined;
}
