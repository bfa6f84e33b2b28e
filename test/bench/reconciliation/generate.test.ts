import { describe, expect, test } from 'vitest';
import { generate } from './generate.ts';
import { caseKinds, clearedBy, type Label } from './labelled.ts';
import { comparable } from './names/spellings.ts';
import { lineLength } from './remittance.ts';

const labelled = generate(6_000, 11);
const { items, labels } = labelled;
const invoices = new Map(items.invoices.map((invoice) => [invoice.id, invoice]));
const customers = new Map(items.customers.map((customer) => [customer.id, customer]));
const labelOf = (id: string): Label => {
  const label = labels.get(id);
  if (!label) throw new Error(`Receipt ${id} has no label.`);
  return label;
};
const decidable = items.receipts.filter(({ id }) => labelOf(id).verdict === 'DECIDABLE');

/** Nothing but letters and digits, of one width and case. */
function bare(text: string): string {
  return text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^\p{L}\d]/gu, '');
}

describe('labelled open items', () => {
  test('are the same for one seed, and others for another', () => {
    expect(generate(500, 3)).toEqual(generate(500, 3));
    expect(generate(500, 3).items).not.toEqual(generate(500, 4).items);
  });

  test('have as many receipts as asked for, every one with a label, and all kinds among them', () => {
    expect(items.receipts).toHaveLength(6_000);
    expect(labels.size).toBe(6_000);
    expect(new Set([...labels.values()].map(({ kind }) => kind))).toEqual(new Set(caseKinds));
  });

  test('leave out few receipts that mislead', () => {
    expect(labelled.leftOut).toBeLessThan(60);
  });

  test('number an invoice once for each entity, however it is spelled', () => {
    const numbers = items.invoices.map(({ legalEntity, number }) => `${legalEntity} ${bare(number)}`);
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('use some numbers in two entities', () => {
    const entitiesOf = Map.groupBy(items.invoices, ({ number }) => number);
    expect([...entitiesOf.values()].filter((all) => all.length === 2).length).toBeGreaterThan(100);
  });

  test('have no two customers of one name', () => {
    const names = items.customers.flatMap((customer) => customer.names.map(comparable));
    expect(new Set(names).size).toBe(names.length);
  });

  test('cut texts in lines after 35 characters and 4 lines', () => {
    const inLines = items.receipts.filter(({ id }) => labelOf(id).kind === 'TEXT_IN_LINES');
    expect(inLines.length).toBeGreaterThan(50);
    for (const { texts } of inLines) {
      expect(texts.length).toBeLessThanOrEqual(4);
      expect(texts.every((text) => text.length <= lineLength)).toBe(true);
      expect(texts.slice(0, -1).every((text) => text.length === lineLength)).toBe(true);
    }
  });
});

describe('the truth', () => {
  test('spends no receipt beyond its amount', () => {
    for (const { id, amount } of items.receipts) {
      const spent = labelOf(id).truth.reduce((sum, { cash }) => sum + cash, 0n);
      expect(spent <= amount, id).toBe(true);
    }
  });

  test('clears no invoice beyond what is open', () => {
    const cleared = new Map<string, bigint>();
    for (const one of [...labels.values()].flatMap(({ truth }) => truth)) {
      expect(one.cash > 0n && one.discount >= 0n && one.charge >= 0n, one.invoiceId).toBe(true);
      cleared.set(one.invoiceId, (cleared.get(one.invoiceId) ?? 0n) + clearedBy(one));
    }
    for (const [id, sum] of cleared) expect(sum <= (invoices.get(id)?.open ?? 0n), id).toBe(true);
  });

  test('never crosses a currency or a legal entity, and is not before the invoice', () => {
    for (const receipt of items.receipts) {
      for (const { invoiceId } of labelOf(receipt.id).truth) {
        const { legalEntity, currency, issuedOn } = invoices.get(invoiceId) ?? {};
        expect({ legalEntity, currency }).toEqual({
          legalEntity: receipt.legalEntity,
          currency: receipt.currency,
        });
        expect((issuedOn ?? '') <= receipt.paidOn, receipt.id).toBe(true);
      }
    }
  });

  test('spends a decidable receipt whole, unless it is more than the invoices that it names', () => {
    for (const { id, amount } of decidable) {
      const { kind, truth } = labelOf(id);
      const spent = truth.reduce((sum, { cash }) => sum + cash, 0n);
      if (kind !== 'OVERPAID') expect(spent, id).toBe(amount);
    }
  });
});

describe('a decidable receipt', () => {
  test('pays something that is not in dispute', () => {
    for (const { id } of decidable) {
      const paid = labelOf(id).truth.map(({ invoiceId }) => invoices.get(invoiceId));
      expect(paid.length, id).toBeGreaterThan(0);
      expect(
        paid.some((invoice) => invoice?.disputed),
        id,
      ).toBe(false);
    }
  });

  test('shows the numbers that it is said to name, to who reads over lines and separators', () => {
    const naming = decidable.filter(({ id }) => labelOf(id).told.named.length > 0);
    expect(naming.length).toBeGreaterThan(2_000);
    for (const { id, texts, references } of naming) {
      const all = bare(texts.join('') + Object.values(references).join(' '));
      for (const { number } of labelOf(id).told.named) expect(all, id).toContain(bare(number));
    }
  });

  test('of no number is explained by its amount among all that the payer has open, and by nothing else', () => {
    const silent = decidable.filter(({ id }) => labelOf(id).told.named.length === 0);
    expect(silent.length).toBeGreaterThan(1_000);
    for (const { id, amount, legalEntity, currency } of silent) {
      const { told, truth } = labelOf(id);
      const open = items.invoices.filter(
        (one) =>
          one.customerId === told.payer.customerId &&
          one.legalEntity === legalEntity &&
          one.currency === currency &&
          (told.contract === undefined || Object.values(one.references).includes(told.contract)),
      );
      const exact = open.filter((one) => one.open === amount);
      const sets = open.length <= 12 ? subsetsOf(open.map((one) => one.open)).filter((sum) => sum === amount) : [];
      const [first] = truth;
      if (truth.length === 1 && first?.cash === invoices.get(first?.invoiceId ?? '')?.open) {
        expect(
          exact.map((one) => one.id),
          id,
        ).toEqual([first?.invoiceId]);
      } else {
        expect({ id, exact: exact.length, open: open.length <= 12 }).toEqual({ id, exact: 0, open: true });
        expect(sets, id).toHaveLength(truth.length > 1 ? 1 : 0);
      }
    }
  });

  test('of no number is from an account, virtual account or name of the customer', () => {
    for (const { id, payer, virtualAccountKey } of decidable) {
      const { told, kind } = labelOf(id);
      if (told.named.length > 0) continue;
      const customer = customers.get(told.payer.customerId ?? '');
      const byAccount = customer?.accountKeys.includes(payer.accountKey ?? '') ?? false;
      const byVirtual = items.virtualAccounts.some(
        (one) => one.accountKey === virtualAccountKey && one.customerId === customer?.id,
      );
      // The forms of Latin names differ, so a name is compared as far as its trade.
      const stem = (name: string) => comparable(name).replace(/(ltd|limited|coltd|companylimited|gmbh|ag|sa|inc)$/, '');
      const byName = customer?.names.some((name) => stem(name) === stem(payer.name ?? '')) ?? false;
      expect(byAccount || byVirtual || byName, `${id} ${kind} ${payer.name}`).toBe(true);
    }
  });
});

/** The sums of all sets of two to five. */
function subsetsOf(amounts: readonly bigint[]): bigint[] {
  const sums: bigint[] = [];
  for (let bits = 0; bits < 2 ** amounts.length; bits += 1) {
    const set = amounts.filter((_, n) => (bits >> n) & 1);
    if (set.length >= 2 && set.length <= 5) sums.push(set.reduce((sum, amount) => sum + amount, 0n));
  }
  return sums;
}
