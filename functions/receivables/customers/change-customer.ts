import { canonicalJson } from '../../../shared/http/canonical-json.ts';
import type { Cause } from '../../../shared/http/cause.ts';
import { defined } from '../../../shared/objects/defined.ts';
import type { Tolerance } from '../matching/open-item.ts';
import type { Customer } from './customer.ts';

/** An account number by its keyed hash, and as it may be shown. */
export interface KnownAccount {
  readonly key: string;
  readonly masked: string;
}

/** What is to be different; what is not there stays. */
export interface CustomerChange {
  readonly name?: string;
  readonly aliases?: readonly string[];
  readonly addAccounts?: readonly KnownAccount[];
  readonly removeAccounts?: readonly KnownAccount[];
  /** null: none of its own any more. */
  readonly tolerance?: Tolerance | null;
  readonly threshold?: number | null;
  readonly references?: Readonly<Record<string, string>>;
}

/** The name first, then the aliases, each once. */
export function namesOf(name: string, aliases: readonly string[]): string[] {
  return [...new Set([name, ...aliases])];
}

/** Each account once, in the order given. */
export function accountsOf(known: readonly KnownAccount[]): Pick<Customer, 'accountKeys' | 'accountsMasked'> {
  const byKey = new Map(known.map(({ key, masked }) => [key, masked]));
  return { accountKeys: [...byKey.keys()], accountsMasked: [...byKey.values()] };
}

/** The customer as it is to be; undefined where it is so already. An account that it does not have is removed in vain. */
export function changeCustomer(
  before: Customer,
  change: CustomerChange,
  on: { readonly at: string; readonly cause: Cause },
): Customer | undefined {
  const { tolerance: heldTolerance, threshold: heldThreshold, ...facts } = before;
  const { tolerance = heldTolerance, threshold = heldThreshold } = change;
  const [name = '', ...aliases] = before.names;
  const next: Customer = {
    ...facts,
    names: namesOf(change.name ?? name, change.aliases ?? aliases),
    ...changedAccounts(before, change),
    ...(tolerance && { tolerance }),
    ...defined({ threshold: threshold ?? undefined }),
    references: change.references ?? before.references,
  };
  if (textOf(next) === textOf(before)) return undefined;
  return { ...next, revision: before.revision + 1, changedAt: on.at, cause: on.cause };
}

function changedAccounts(
  { accountKeys, accountsMasked }: Customer,
  { addAccounts = [], removeAccounts = [] }: CustomerChange,
) {
  const gone = new Set(removeAccounts.map(({ key }) => key));
  const had = accountKeys.map((key, place) => ({ key, masked: accountsMasked[place] ?? '' }));
  return accountsOf([...had, ...addAccounts].filter(({ key }) => !gone.has(key)));
}

function textOf({ names, accountKeys, tolerance, threshold, references }: Customer): string {
  const charges = tolerance && Object.entries(tolerance.chargeMax).map(([currency, minor]) => [currency, `${minor}`]);
  const own = tolerance && { ...tolerance, chargeMax: Object.fromEntries(charges ?? []) };
  return canonicalJson({ names, accountKeys, ...(own && { tolerance: own }), ...defined({ threshold }), references });
}
