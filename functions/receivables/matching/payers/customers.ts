import { weakName } from '../names/weaker-names.ts';
import type { PayingCustomer, VirtualAccount } from '../open-item.ts';

/** Customers by what their payments show of them. */
export class Customers {
  readonly #byId = new Map<string, PayingCustomer>();
  readonly #namesOf = new Map<string, readonly string[]>();
  /** Ids of customers, each once. */
  readonly #byAccount = new Map<string, string[]>();
  readonly #byName = new Map<string, string[]>();
  readonly #virtual = new Map<string, VirtualAccount[]>();

  constructor(
    customers: readonly PayingCustomer[],
    virtualAccounts: readonly VirtualAccount[],
    normalised: (name: string) => string,
  ) {
    for (const customer of customers) {
      this.#byId.set(customer.id, customer);
      for (const key of customer.accountKeys) add(this.#byAccount, key, customer.id);
      const names = customer.names.map(normalised).filter((name) => name !== '');
      this.#namesOf.set(customer.id, names);
      for (const name of names) add(this.#byName, name, customer.id);
    }
    for (const account of virtualAccounts) {
      const others = this.#virtual.get(account.accountKey);
      if (others) others.push(account);
      else this.#virtual.set(account.accountKey, [account]);
    }
  }

  get(id: string): PayingCustomer | undefined {
    return this.#byId.get(id);
  }

  withAccount(key: string): readonly string[] {
    return inOrder(this.#byAccount.get(key));
  }

  /** By a normalised name, that of the customer or an alias. */
  withName(normalised: string): readonly string[] {
    return inOrder(this.#byName.get(normalised));
  }

  /** Whether one of a customer's names is this one, 有限责任公司 as 有限公司. Normalised. */
  hasWeakName(id: string, normalised: string): boolean {
    return (this.#namesOf.get(id) ?? []).some((name) => weakName(name) === weakName(normalised));
  }

  /** All normalised names. */
  names(): Iterable<string> {
    return this.#byName.keys();
  }

  /** The one with this key; none where two have it. */
  virtualAccount(key: string): VirtualAccount | undefined {
    const found = this.#virtual.get(key) ?? [];
    return found.length === 1 ? found[0] : undefined;
  }
}

const nobody: readonly string[] = [];

function inOrder(ids: readonly string[] | undefined): readonly string[] {
  if (ids === undefined) return nobody;
  return ids.length > 1 ? ids.toSorted() : ids;
}

/** A customer's names and accounts come one after the other, so one that has a key twice is the last there. */
function add(map: Map<string, string[]>, key: string, id: string): void {
  const others = map.get(key);
  if (!others) map.set(key, [id]);
  else if (others.at(-1) !== id) others.push(id);
}
