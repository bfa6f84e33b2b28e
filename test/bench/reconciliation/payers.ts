import type { OpenReceipt } from '../../../functions/receivables/matching/open-item.ts';
import type { Chance } from './chance.ts';
import type { Customer } from './customer.ts';
import type { Told } from './labelled.ts';
import { drawPerson } from './names/company-names.ts';
import { nearName, sameName } from './names/spellings.ts';

/** How a receipt shows who paid, and what that tells. */
export interface PayerShown {
  readonly shown: Pick<OpenReceipt, 'payer' | 'virtualAccountKey'>;
  readonly told: Told['payer'];
}

/** From an account that is known to be the customer's, under whatever name the bank gives; by name where none is known. */
export function byAccount(customer: Customer, chance: Chance): PayerShown {
  const { known, name } = customer;
  if (known.accountKeys.length === 0) return byName(customer, chance);
  const shownName = chance.weighted({ same: 65, near: 25, none: 10 });
  const text = shownName === 'none' ? undefined : (shownName === 'same' ? sameName : nearName)(name, chance).text;
  return {
    shown: { payer: { accountKey: chance.pick(known.accountKeys), ...(text !== undefined && { name: text }) } },
    told: { known: 'KNOWN', customerId: known.id },
  };
}

/** Under its full name or an alias, from an account that nobody has seen before, or none given. */
export function byName({ known, name }: Customer, chance: Chance): PayerShown {
  const alias = known.names[1];
  const spelling =
    alias !== undefined && chance.percent(50) ? { text: alias, is: 'SAME' as const } : sameName(name, chance);
  return {
    shown: { payer: { name: spelling.text, ...newAccount(chance) } },
    told: { known: spelling.is === 'SAME' ? 'KNOWN' : 'LIKELY', customerId: known.id },
  };
}

/** Under a name that is not quite its own. */
export function byNearName({ name }: Customer, chance: Chance): PayerShown {
  return {
    shown: { payer: { name: nearName(name, chance).text, ...newAccount(chance) } },
    told: { known: 'UNKNOWN' },
  };
}

/** To the virtual account that is the customer's, by whoever. */
export function byVirtualAccount(accountKey: string, customer: Customer, chance: Chance): PayerShown {
  const name = chance.percent(70) ? sameName(customer.name, chance).text : drawPerson(chance);
  return {
    shown: { payer: { name, ...newAccount(chance) }, virtualAccountKey: accountKey },
    told: { known: 'KNOWN', customerId: customer.known.id },
  };
}

/** Somebody whom the books do not know. */
export function byStranger(name: string, chance: Chance): PayerShown {
  return { shown: { payer: { name, ...newAccount(chance) } }, told: { known: 'UNKNOWN' } };
}

/** The customer, in one of the ways it may be known. */
export function byAnyKnown(customer: Customer, chance: Chance): PayerShown {
  return chance.percent(50) ? byAccount(customer, chance) : byName(customer, chance);
}

/** Mostly the customer as it is known, now and then under a misspelt name. */
export function byCustomer(customer: Customer, chance: Chance): PayerShown {
  return chance.percent(10) ? byNearName(customer, chance) : byAnyKnown(customer, chance);
}

function newAccount(chance: Chance): { accountKey?: string } {
  return chance.percent(55) ? { accountKey: `acct-new-${chance.whole(1, 1_000_000_000)}` } : {};
}
