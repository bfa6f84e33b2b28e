import type { PlainDate } from '../../../shared/calendar/plain-date.ts';

interface Money {
  readonly minor: bigint;
  readonly currency: string;
}

interface Asked {
  readonly currency: string;
  readonly limits: {
    readonly perTransaction?: Money | undefined;
    readonly daily?: Money | undefined;
    readonly monthly?: Money | undefined;
  };
  readonly signedOn: PlainDate;
  readonly validFrom: PlainDate;
  readonly validTo?: PlainDate | undefined;
  readonly sequence: string;
  readonly retries: { readonly when: string; readonly partial?: boolean | undefined };
}

export interface MandateFault {
  readonly path: readonly string[];
  readonly detail: string;
}

const limitNames = ['perTransaction', 'daily', 'monthly'] as const;

/** What a mandate says in vain or against itself, with the field that says it. */
export function mandateFaults(asked: Asked): MandateFault[] {
  const { validFrom, validTo, sequence, retries } = asked;
  const faults = limitFaults(asked);
  if (validTo !== undefined && validTo < validFrom)
    faults.push({ path: ['validTo'], detail: `Send ${validFrom}, its first day, or a later one.` });
  if (asked.signedOn > validFrom)
    faults.push({ path: ['signedOn'], detail: 'It is valid before it was signed; send a day up to `validFrom`.' });
  if (sequence === 'OOFF' && retries.partial)
    faults.push({ path: ['retries', 'partial'], detail: 'A one-off mandate collects once: the whole, or nothing.' });
  return faults;
}

function limitFaults({ limits, currency }: Asked): MandateFault[] {
  const faults: MandateFault[] = [];
  for (const [place, name] of limitNames.entries()) {
    const limit = limits[name];
    if (!limit) continue;
    if (limit.currency !== currency) {
      faults.push({
        path: ['limits', name, 'currency'],
        detail: `The mandate is in ${currency}; send the limit in it.`,
      });
    }
    const wider = limitNames.slice(place + 1).find((one) => limits[one] && limits[one].minor < limit.minor);
    if (wider) faults.push({ path: ['limits', name], detail: `It is above \`${wider}\` and would never be reached.` });
  }
  return faults;
}
