import type { Atom } from './read-atoms.ts';
import { tokenLengthMax } from './reference-token.ts';

/** Runs of letters and digits that one number is made of, at most. */
export const atomsMax = 8;

/** Letters that may stand before a number and are none of it. */
const labels: ReadonlySet<string> = new Set(
  'INV INVOICE INVNO INVOICENO NO NR NUM NUMBER REF RE RG RGNR RECHNUNG BILL ORDER PO SO CONTRACT FP FACTURE'.split(
    ' ',
  ),
);

/** Those of them that say only that it is a number, of whatever. */
const plainLabels: ReadonlySet<string> = new Set('NO NR NUM NUMBER REF'.split(' '));

/** A number begins with a run, or after letters that are a label: INV20260001 may be invoice 20260001. */
export function mayBeginAt(atoms: readonly Atom[], from: number): boolean {
  return from === 0 || atoms[from]?.gap.parts === true || labels.has(atoms[from - 1]?.text ?? '');
}

/** All that may be one number from here on, the shortest first; each ends with a run. */
export function* windowsFrom(atoms: readonly Atom[], from: number): Generator<{ token: string; to: number }> {
  let token = '';
  let hasDigits = false;
  for (let to = from; to < atoms.length && to < from + atomsMax; to += 1) {
    const atom = atoms[to];
    if (!atom || (to > from && !atom.gap.joins)) return;
    token += atom.text;
    hasDigits ||= atom.isNumber;
    if (token.length > tokenLengthMax) return;
    const next = atoms[to + 1];
    if (hasDigits && (next === undefined || next.gap.parts)) yield { token, to: to + 1 };
  }
}

/** Whether a word before it says that it is a number. */
export function isLabelled(atoms: readonly Atom[], from: number): boolean {
  const atom = atoms[from];
  return atom?.gap.labels === true || (atom?.gap.joins === true && labels.has(atoms[from - 1]?.text ?? ''));
}

/** Whether a word before it calls it an invoice, an order or a contract: 发票号, INVOICE NO, but not TEL NO. */
export function isCalled(atoms: readonly Atom[], from: number): boolean {
  const atom = atoms[from];
  if (atom?.gap.calls === true) return true;
  const word = atom?.gap.joins === true ? (atoms[from - 1]?.text ?? '') : '';
  return labels.has(word) && (!plainLabels.has(word) || isCalled(atoms, from - 1));
}
