import { readIsoDate } from '../dates.ts';
import { FormatError } from '../format-error.ts';
import { exactTextAt, find, type XmlNode } from '../xml/xml-node.ts';
import { type ControlSum, sameNumber } from './control-sum.ts';

/** An element and where it is in its message: `CstmrDrctDbtInitn/PmtInf[2]/DrctDbtTxInf[17]`, counted from 1. */
export interface PlacedNode {
  readonly node: XmlNode;
  readonly place: string;
}

/** @throws FormatError missing-field */
export function requiredText({ node, place }: PlacedNode, ...path: readonly string[]): string {
  const text = exactTextAt(node, ...path);
  if (text === undefined) throw missing(`${place}/${path.join('/')}`);
  return text;
}

/** @throws FormatError missing-field */
export function requiredNode({ node, place }: PlacedNode, ...path: readonly string[]): PlacedNode {
  const found = find(node, ...path);
  const at = `${place}/${path.join('/')}`;
  if (!found) throw missing(at);
  return { node: found, place: at };
}

export function missing(element: string): FormatError {
  return new FormatError('missing-field', 'It is missing or empty', { element });
}

export function badField(what: string, element: string): FormatError {
  return new FormatError('bad-field', what, { element });
}

/** XML Schema lets a date have a time zone; a date-time stands in its place now and then. */
const dateForm = /^[\d-]{10}(?:T[\d:.]+)?(?:Z|[+-]\d\d:\d\d)?$/;

/** @throws FormatError bad-field */
export function dateOf(text: string, element: string): string {
  const { date, adjusted } = readIsoDate(text);
  if (date === undefined || adjusted || !dateForm.test(text)) throw badField('It is no date', element);
  return date;
}

const quotedMax = 10;

/** @throws FormatError bad-field */
export function choiceOf<Choice extends string>(text: string, choices: readonly Choice[], element: string): Choice {
  const found = choices.find((choice) => choice === text);
  if (found === undefined) {
    throw badField(`'${text.slice(0, quotedMax)}' is none of ${choices.join(', ')}`, element);
  }
  return found;
}

/**
 * Compares NbOfTxs and CtrlSum, where a header states them, with what came.
 * @throws FormatError totals-do-not-fit, bad-field
 */
export function checkTotals({ node, place }: PlacedNode, found: ControlSum): void {
  const count = exactTextAt(node, 'NbOfTxs');
  if (count !== undefined) checkCount(count, found.count, `${place}/NbOfTxs`);
  const sum = exactTextAt(node, 'CtrlSum');
  if (sum !== undefined) checkSum(sum, found.text, `${place}/CtrlSum`);
}

export function checkCount(stated: string, found: number, element: string): void {
  if (!/^\d{1,15}$/.test(stated)) throw badField('It is no number of transactions', element);
  if (Number(stated) !== found) throw doNotFit(stated, String(found), element);
}

export function checkSum(stated: string, found: string, element: string): void {
  const same = sameNumber(stated, found);
  if (same === undefined) throw badField('It is no decimal number', element);
  if (!same) throw doNotFit(stated, found, element);
}

const statedMax = 40;

function doNotFit(stated: string, found: string, element: string): FormatError {
  return new FormatError('totals-do-not-fit', `It states ${stated.slice(0, statedMax)} and there are ${found}`, {
    element,
  });
}
