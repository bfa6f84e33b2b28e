import { defaultMatchRules, type MatchRules } from '../../../functions/receivables/matching/match-rules.ts';
import type {
  OpenInvoice,
  OpenReceipt,
  PayingCustomer,
  VirtualAccount,
} from '../../../functions/receivables/matching/open-item.ts';
import { chanceFrom } from './chance.ts';
import { type Customer, drawCustomer } from './customer.ts';
import { type Books, deskOf, type Ground } from './desk.ts';
import { judge } from './judge/judge.ts';
import type { CaseKind, Draft, Label, LabelledItems } from './labelled.ts';
import { type CompanyName, drawName, lookAlikeOf, stemOf, written } from './names/company-names.ts';
import { comparable } from './names/spellings.ts';
import { numberSource } from './numbers/invoice-numbers.ts';
import { stories } from './stories.ts';

const weights = Object.fromEntries(Object.entries(stories).map(([kind, { weight }]) => [kind, weight])) as Record<
  CaseKind,
  number
>;

/**
 * Open items as they come up in a half-year's books, with the truth about each receipt. The same seed gives the same; a
 * size is a number of receipts, and about as many invoices are open.
 */
export function generate(size: number, seed: number, rules: MatchRules = defaultMatchRules): LabelledItems {
  const chance = chanceFrom(seed);
  const draw = groundSource(chance, rules);
  const receipts: OpenReceipt[] = [];
  const invoices: OpenInvoice[] = [];
  const customers: PayingCustomer[] = [];
  const virtualAccounts: VirtualAccount[] = [];
  const labels = new Map<string, Label>();
  let leftOut = 0;
  while (receipts.length < size) {
    const { ground, drafts } = draw();
    const judged = judge(ground, drafts, rules);
    leftOut += drafts.length - judged.length;
    for (const { draft, verdict } of judged.slice(0, size - receipts.length)) {
      const { receipt, ...label } = draft;
      receipts.push(receipt);
      labels.set(receipt.id, { ...label, verdict });
    }
    const both = [ground, ...(ground.twin ? [ground.twin] : [])];
    invoices.push(...both.flatMap((one) => one.invoices));
    customers.push(...both.map(({ customer }) => customer.known));
    virtualAccounts.push(...ground.virtualAccounts);
  }
  softenCoincidences(receipts, customers, labels);
  const items = {
    receipts: shuffled(receipts, seed),
    invoices: shuffled(invoices, seed + 1),
    customers: shuffled(customers, seed + 2),
    virtualAccounts: shuffled(virtualAccounts, seed + 3),
  };
  return { items, labels, leftOut };
}

/** A slip of the pen, or a stranger, may happen on the name of somebody else in the books: then it is not undecidable. */
function softenCoincidences(
  receipts: readonly OpenReceipt[],
  customers: readonly PayingCustomer[],
  labels: Map<string, Label>,
): void {
  const known = new Set(customers.flatMap(({ names }) => names.map(comparable)));
  for (const { id, payer } of receipts) {
    const label = labels.get(id);
    if (label?.verdict !== 'UNDECIDABLE' || label.told.payer.known !== 'UNKNOWN') continue;
    if (payer.name !== undefined && known.has(comparable(payer.name))) labels.set(id, { ...label, verdict: 'EITHER' });
  }
}

/** Draws one customer after another, each with what it bought and paid. */
function groundSource(chance: Books['chance'], rules: MatchRules): () => { ground: Ground; drafts: Draft[] } {
  const stems = new Set<string>();
  const names = new Set<string>();
  const counts = { inv: 0, rcp: 0, ord: 0 };
  const books: Books = {
    chance,
    rules,
    numbers: numberSource(chance),
    others: new Map(),
    nextId: (kind) => idOf(kind, ++counts[kind]),
  };
  let people = 0;

  function newName(): CompanyName {
    for (;;) {
      const name = drawName(chance);
      if (stems.has(stemOf(name))) continue;
      stems.add(stemOf(name));
      names.add(written(name));
      return name;
    }
  }

  function newTwin(of: CompanyName): Customer | undefined {
    const name = lookAlikeOf(of, chance);
    if (names.has(written(name))) return undefined;
    stems.add(stemOf(name));
    names.add(written(name));
    return drawCustomer(++people, name, newName(), chance);
  }

  return () => {
    const name = newName();
    const customer = drawCustomer(++people, name, newName(), chance);
    const other = chance.percent(20) ? newTwin(name) : undefined;
    const own = customer.virtualAccount;
    const ground: Ground = {
      customer,
      invoices: [],
      virtualAccounts: own ? [own] : [],
      ...(other && { twin: { customer: { ...other, homes: customer.homes }, invoices: [] } }),
    };
    const desk = deskOf(books, ground);
    const drafts = Array.from({ length: drawPayments(chance) }, () => stories[chance.weighted(weights)].tell(desk));
    leaveOpen(books, ground, drafts.length);
    return { ground, drafts: drafts.flat() };
  };
}

/** Most customers pay a few times in half a year, some every other day. */
function drawPayments(chance: Books['chance']): number {
  const kind = chance.weighted({ few: 55, some: 30, many: 12, most: 3 });
  if (kind === 'few') return chance.whole(1, 3);
  if (kind === 'some') return chance.whole(4, 8);
  return kind === 'many' ? chance.whole(9, 20) : chance.whole(21, 60);
}

/** What nobody has paid yet: about one invoice for ten payments, and some of the look-alike. */
function leaveOpen(books: Books, ground: Ground, payments: number): void {
  const { chance, others } = books;
  const desk = deskOf(books, ground);
  const unpaid = chance.whole(0, 1 + Math.floor(payments / 6));
  for (let n = 0; n < unpaid; n += 1) desk.invoice(desk.home());
  if (ground.twin) {
    const { customer, invoices } = ground.twin;
    const beside = deskOf(books, { customer, invoices, virtualAccounts: [] });
    for (let n = chance.whole(0, 3); n > 0; n -= 1) beside.invoice(beside.home());
  }
  for (const invoice of ground.invoices) {
    const seen = others.get(invoice.legalEntity) ?? [];
    others.set(invoice.legalEntity, [...seen, invoice].slice(-50));
  }
}

function idOf(kind: 'inv' | 'rcp' | 'ord', count: number): string {
  return kind === 'ord' ? `HT${String(250_000_000 + count * 7)}` : `${kind}_${String(count).padStart(7, '0')}`;
}

function shuffled<T>(items: readonly T[], seed: number): T[] {
  const chance = chanceFrom(seed);
  const mixed = [...items];
  for (let n = mixed.length - 1; n > 0; n -= 1) {
    const other = chance.whole(0, n);
    [mixed[n], mixed[other]] = [mixed[other] as T, mixed[n] as T];
  }
  return mixed;
}
