import { compareItems, type Item } from '../book/item.ts';
import { firstAtOrAfter } from '../sorted-texts.ts';
import { digitsAlone, isSafeToken, seriesOf, tokensOfNumber } from './reference-token.ts';

/** An invoice under one of the numbers that payers may name. */
export interface Entry {
  readonly item: Item;
  /** How it is called on our side: the number of the invoice, or an order's with its kind. */
  readonly meant: string;
  readonly isNumber: boolean;
}

/** Invoices of which a cut number may be the beginning, at most; of more it says nothing. */
const beginningsMax = 50;
const none: readonly Entry[] = [];

/** Finds invoices by the numbers that payers name, whatever the count of invoices: by tokens, never by a scan. */
export class ReferenceIndex {
  readonly #safe = new Map<string, Entry[]>();
  readonly #series = new Set<string>();
  /** Chinese characters that numbers of ours begin with. */
  readonly #heads = new Set<string>();
  readonly #itemsOf: (customerId: string) => readonly Item[];
  readonly #items: readonly Item[];
  /** Tokens that count with the customer known: all of its own. Made when it is first asked for. */
  readonly #own = new Map<string, Map<string, Entry[]>>();
  #beginnings: { readonly tokens: readonly string[]; readonly entries: ReadonlyMap<string, Entry[]> } | undefined;

  /** Items of a customer stand together, by `compareItems`. */
  constructor(items: readonly Item[], itemsOf: (customerId: string) => readonly Item[]) {
    this.#items = items;
    this.#itemsOf = itemsOf;
    for (const item of items) {
      for (const { token, entry } of tokensOf(item)) {
        if (isSafeToken(token)) add(this.#safe, token, entry);
        const head = headOf(token);
        if (head !== '') this.#heads.add(head);
      }
      const number = item.headed ?? item.token;
      const series = seriesOf(number);
      if (series && isSafeToken(number)) this.#series.add(series);
    }
    sortShared(this.#safe);
  }

  /** Invoices with a number that says it by itself, of any customer, entity and currency. */
  named(token: string): readonly Entry[] {
    return this.#safe.get(token) ?? none;
  }

  /** Invoices of one customer, by any number of theirs, also a short one and one without its letters. */
  namedOf(customerId: string, token: string): readonly Entry[] {
    let own = this.#own.get(customerId);
    if (!own) {
      own = new Map();
      for (const item of this.#itemsOf(customerId)) {
        for (const { token, entry } of tokensOf(item)) add(own, token, entry);
        const digits = digitsAlone(item.token);
        if (digits) add(own, digits, { item, meant: item.invoice.number, isNumber: true });
      }
      this.#own.set(customerId, own);
    }
    return own.get(token) ?? none;
  }

  /** Invoices whose number goes on from these characters; none where there are many. */
  beginningWith(start: string): readonly Entry[] {
    this.#beginnings ??= sortedNumbers(this.#items);
    const { tokens, entries } = this.#beginnings;
    const found: Entry[] = [];
    for (let at = firstAtOrAfter(tokens, start); tokens[at]?.startsWith(start); at += 1) {
      const token = tokens[at] ?? '';
      if (token !== start) found.push(...(entries.get(token) ?? []));
      if (found.length > beginningsMax) return [];
    }
    return found;
  }

  /** What a number of ours begins with of the Chinese characters before it, as much as can be; empty where it is none of ours. */
  headWithin(before: string): string {
    if (before === '' || this.#heads.size === 0) return '';
    for (let at = 0; at < before.length; at += 1) if (this.#heads.has(before.slice(at))) return before.slice(at);
    return '';
  }

  /** Whether a token looks like a number of one of our series of invoices. */
  isOfSeries(token: string): boolean {
    const series = seriesOf(token);
    return series !== undefined && this.#series.has(series);
  }
}

function tokensOf(item: Item): { token: string; entry: Entry }[] {
  const { number, references } = item.invoice;
  const entry = { item, meant: number, isNumber: true };
  const tokens = numbersOf(item).map((token) => ({ token, entry }));
  for (const [kind, value] of Object.entries(references)) {
    const entry = { item, meant: `${kind} ${value} of ${number}`, isNumber: false };
    for (const token of tokensOfNumber(value)) tokens.push({ token, entry });
  }
  return tokens;
}

function numbersOf({ token, headed }: Item): string[] {
  if (token === '') return [];
  return headed === undefined ? [token] : [headed, token];
}

/** The Chinese characters of a token; they stand before all others. */
function headOf(token: string): string {
  return /^\p{Script=Han}*/u.exec(token)?.[0] ?? '';
}

function sortedNumbers(items: readonly Item[]) {
  const entries = new Map<string, Entry[]>();
  for (const item of items) {
    for (const token of numbersOf(item)) add(entries, token, { item, meant: item.invoice.number, isNumber: true });
  }
  sortShared(entries);
  return { tokens: [...entries.keys()].sort(), entries };
}

/** Few numbers are of several invoices: to sort those by `compareItems` takes less than to sort all invoices. */
function sortShared(map: ReadonlyMap<string, Entry[]>): void {
  for (const entries of map.values()) {
    if (entries.length > 1) entries.sort((one, other) => compareItems(one.item, other.item));
  }
}

/** Items come one after the other, so one that has a token twice is the last there. */
function add(map: Map<string, Entry[]>, token: string, entry: Entry): void {
  const others = map.get(token);
  if (!others) map.set(token, [entry]);
  else if (others.at(-1)?.item !== entry.item) others.push(entry);
}
