import { businessDateOf } from '../../../shared/calendar/plain-date.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { general } from '../../../shared/problems/general.ts';
import type { MandateContent } from './create-mandate.ts';
import { payerKindOf } from './mandate.ts';
import type { MandateRequest } from './mandate-shapes.ts';

/** A request as the model. Problem: `request/malformed` where it is said to be signed in the future. */
export function readMandate(request: MandateRequest, now: Date): MandateContent {
  const { agreementNumber, payer, currency, limits, signedOn, validFrom, validTo, sequence, retries } = request;
  const today = businessDateOf(now);
  if (signedOn > today) {
    const detail = `Today is ${today}; send the day on which it was signed.`;
    throw general.malformed.with({ detail }).at({ pointer: '/signedOn', detail });
  }
  const { perTransaction, daily, monthly } = limits;
  const { name, kind } = payer;
  const { type, number, bank } = payer.account;
  const account = { type, number, bank: defined(bank) };
  return {
    agreementNumber,
    payer: { name, kind: payerKindOf({ account, ...defined({ kind }) }), account },
    currency,
    limits: defined({ perTransaction: perTransaction?.minor, daily: daily?.minor, monthly: monthly?.minor }),
    signedOn,
    validFrom,
    ...defined({ validTo }),
    sequence,
    retries,
    references: request.references ?? {},
  };
}
