import { defined } from '../../objects/defined.ts';
import { FormatError } from '../format-error.ts';
import type { StatementBalance, StatementHeader, StatementTrailer, TrailerFlag } from '../statement-events.ts';
import { find, textAt, type XmlNode } from '../xml/xml-node.ts';
import { readBalance, readTotals } from './read-balance.ts';
import { headerParts } from './read-header.ts';

/** Balances of one statement. */
export const balancesPerStatementMax = 10_000;

/** A Stmt, Rpt or Ntfctn that is being read. */
export interface OpenStatement {
  /** Its parts up to the first entry. */
  readonly head: XmlNode;
  header?: StatementHeader;
  entries: number;
  /** Of its first entry. */
  entryCurrency?: string;
  readonly balances: StatementBalance[];
  summary?: XmlNode;
  information?: string;
  readonly flags: Set<TrailerFlag>;
}

export function openStatement(head: XmlNode): OpenStatement {
  return { head, entries: 0, balances: [], flags: new Set() };
}

/** @throws FormatError element-too-large and those of a balance */
export function addBalance(statement: OpenStatement, node: XmlNode, repaired: boolean): void {
  if (statement.balances.length >= balancesPerStatementMax) {
    throw new FormatError('element-too-large', `More than ${balancesPerStatementMax} balances in a statement`);
  }
  const currency = statement.header?.account.currency ?? textAt(statement.head, 'Acct', 'Ccy');
  const { balance, flags } = readBalance(node, statement.head.name, currency);
  statement.balances.push(balance);
  for (const flag of flags) statement.flags.add(flag);
  if (repaired) statement.flags.add('TEXT_NOT_UTF8');
}

/** Takes an element that the header is read from; what else there may be, in any number, is left. */
export function addHeaderPart({ head }: OpenStatement, node: XmlNode): void {
  if (headerParts.has(node.name) && !find(head, node.name)) head.children.push(node);
}

export function trailerOf(statement: OpenStatement): StatementTrailer {
  const { balances, entries, summary, information, head, header, entryCurrency, flags } = statement;
  const currency = header?.account.currency ?? balances[0]?.currency ?? entryCurrency;
  return {
    balances,
    entries,
    ...defined({
      declaredTotals: summary && readTotals(summary, head.name, currency),
      information: information || undefined,
    }),
    flags: [...flags],
  };
}
