import type { BankChannel } from '../channels/bank-channel.ts';
import type { Mandate } from '../mandates/mandate.ts';

/**
 * Mandates as far as a channel can carry what they agreed on. A file cannot say that a part may be taken: over it the whole is
 * asked for, and what comes short of that is short.
 */
export function termsOver(
  channel: BankChannel['channel'],
  mandates: ReadonlyMap<string, Mandate>,
): ReadonlyMap<string, Mandate> {
  if (channel !== 'FILES') return mandates;
  return new Map([...mandates].map(([id, mandate]) => [id, askingForTheWhole(mandate)]));
}

function askingForTheWhole(mandate: Mandate): Mandate {
  const { retries } = mandate;
  return retries.when === 'NEVER' ? mandate : { ...mandate, retries: { ...retries, partial: false } };
}
