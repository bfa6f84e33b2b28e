import type { PlainDate } from '../../../shared/calendar/plain-date.ts';
import { presentBankAccount } from '../../../shared/http/present-bank-account.ts';
import { presentAmount } from '../../../shared/money/present.ts';
import { defined } from '../../../shared/objects/defined.ts';
import { type Mandate, mandateState, type Payer, payerKindOf } from './mandate.ts';
import { type MandateUsage, periodsOf, usedIn } from './mandate-usage.ts';

/** A mandate as the API shows it on a day; numbers are masked. */
export function presentMandate(mandate: Mandate, date: PlainDate) {
  const { id, agreementNumber, payer, currency, signedOn, validFrom, validTo, sequence } = mandate;
  const { retries, revokedAt, references, createdAt, changedAt } = mandate;
  return {
    id,
    agreementNumber,
    payer: presentPayer(payer),
    currency,
    limits: presentLimits(mandate),
    signedOn,
    validFrom,
    ...defined({ validTo }),
    sequence,
    retries: { ...retries },
    state: mandateState(mandate, date),
    ...defined({ revokedAt }),
    references: { ...references },
    createdAt,
    changedAt,
  };
}

/** Who pays, with the number masked. */
export function presentPayer(payer: Payer) {
  return { name: payer.name, kind: payerKindOf(payer), account: presentBankAccount(payer.account) };
}

function presentLimits({ limits, currency }: Mandate) {
  const shown = Object.entries(limits).map(([name, minor]) => [name, presentAmount(minor, currency)] as const);
  return Object.fromEntries(shown);
}

/** What is used of a mandate on a day and in its month. */
export function presentUsage({ limits, currency }: Mandate, usage: MandateUsage, date: PlainDate) {
  const { day, month } = periodsOf(date);
  const show = (minor: bigint) => presentAmount(minor, currency);
  const of = (period: string, limit: bigint | undefined) => {
    const used = usedIn(usage, period);
    const left = limit === undefined ? undefined : limit > used ? limit - used : 0n;
    const bounds = left === undefined || limit === undefined ? {} : { limit: show(limit), room: show(left) };
    return { period, used: show(used), ...bounds };
  };
  return { today: of(day, limits.daily), thisMonth: of(month, limits.monthly) };
}
