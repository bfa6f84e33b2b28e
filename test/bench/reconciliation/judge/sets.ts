import type { OpenInvoice } from '../../../../functions/receivables/matching/open-item.ts';

/** Sets of two or more, so many at most, whose open amounts add up to it: by trying all. */
export function setsThatGive(
  amount: bigint,
  invoices: readonly OpenInvoice[],
  sizeMax: number,
): (readonly OpenInvoice[])[] {
  const found: OpenInvoice[][] = [];
  const chosen: OpenInvoice[] = [];

  function choose(from: number, left: bigint): void {
    if (left === 0n && chosen.length >= 2) found.push([...chosen]);
    if (left <= 0n || chosen.length === sizeMax) return;
    for (let n = from; n < invoices.length; n += 1) {
      const invoice = invoices[n] as OpenInvoice;
      chosen.push(invoice);
      choose(n + 1, left - invoice.open);
      chosen.pop();
    }
  }

  choose(0, amount);
  return found;
}
