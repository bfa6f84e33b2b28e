import { detached } from '../detached.ts';
import { FormatError } from '../format-error.ts';
import type { StatementEvent, StatementFormat, StatementHeader } from '../statement-events.ts';
import type { TextBlock } from '../text-blocks.ts';
import { type PartListener, PartReader } from '../xml/part-reader.ts';
import { freeTextAt, type XmlNode } from '../xml/xml-node.ts';
import { DetailDrafts } from './detail-drafts.ts';
import { addBalance, addHeaderPart, type OpenStatement, openStatement, trailerOf } from './open-statement.ts';
import { readEntry } from './read-entry.ts';
import { readMessageHeader, readStatementHeader } from './read-header.ts';

const messages: Record<string, { format: StatementFormat; statement: string; information: string }> = {
  BkToCstmrAcctRpt: { format: 'camt.052', statement: 'Rpt', information: 'AddtlRptInf' },
  BkToCstmrStmt: { format: 'camt.053', statement: 'Stmt', information: 'AddtlStmtInf' },
  BkToCstmrDbtCdtNtfctn: { format: 'camt.054', statement: 'Ntfctn', information: 'AddtlNtfctnInf' },
};

const versionInNamespace = /:(camt\.05[234]\.\d{3}\.\d{2})$/;

/**
 * Turns camt.052, .053 and .054 of any version into statement events as its text comes. Only the part being read is kept
 * as a tree: the group header, one balance, one entry, one transaction of it.
 */
export class CamtParser implements PartListener {
  /** Events of the text so far; the caller takes them out. */
  readonly events: StatementEvent[] = [];
  readonly #parts = new PartReader(this);
  #message: (typeof messages)[string] | undefined;
  #version: string | undefined;
  #groupHeader: XmlNode | undefined;
  #statement: OpenStatement | undefined;
  #statementsSeen = 0;
  readonly #drafts = new DetailDrafts();

  write(block: TextBlock): void {
    this.#parts.write(block);
  }

  /** @throws FormatError truncated, not-a-statement */
  end(): void {
    this.#parts.end();
    if (this.#statementsSeen === 0) {
      throw new FormatError('not-a-statement', 'The file holds no statement', { line: this.#parts.line });
    }
  }

  opensFrame(name: string, attributes: Readonly<Record<string, string>>): boolean {
    if (!this.#message) {
      this.#openOutside(name, attributes);
      return true;
    }
    if (this.#statement || name !== this.#message.statement) return false;
    this.#statementsSeen += 1;
    this.#statement = openStatement({ name, attributes, text: '', children: [] });
    return true;
  }

  closesFrame(name: string): void {
    if (this.#statement && name === this.#message?.statement) this.#closeStatement(this.#statement);
    else if (this.#message && messages[name] === this.#message) this.#message = undefined;
  }

  takePart(part: XmlNode, repaired: boolean): void {
    const statement = this.#statement;
    if (!statement) {
      if (part.name === 'GrpHdr') this.#groupHeader = part;
    } else if (part.name === 'Ntry') this.#takeEntry(statement, part, repaired);
    else if (part.name === 'Bal') addBalance(statement, part, repaired);
    else this.#takeOther(statement, part, repaired);
  }

  /** A transaction is read at once and leaves the tree of its entry. */
  takeWithin(node: XmlNode, part: XmlNode): boolean {
    if (!this.#statement || node.name !== 'TxDtls' || part.name !== 'Ntry') return false;
    this.#drafts.add(node, this.#message?.statement ?? '');
    return true;
  }

  #openOutside(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#message = messages[name];
    for (const value of Object.values(attributes)) this.#version = versionInNamespace.exec(value)?.[1] ?? this.#version;
  }

  #takeEntry(statement: OpenStatement, node: XmlNode, repaired: boolean): void {
    const { account } = this.#openHeader(statement);
    statement.entries += 1;
    const ownAccount = account.iban ?? account.number;
    const entry = readEntry(node, this.#drafts.take(), {
      format: this.#message?.format ?? 'camt.053',
      statement: statement.head.name,
      ...(account.currency !== undefined && { accountCurrency: account.currency }),
      ...(ownAccount !== undefined && { ownAccount }),
      index: statement.entries,
      repaired,
    });
    statement.entryCurrency ??= entry.currency;
    this.events.push({ kind: 'entry', entry });
  }

  #takeOther(statement: OpenStatement, node: XmlNode, repaired: boolean): void {
    if (repaired) statement.flags.add('TEXT_NOT_UTF8');
    if (node.name === 'TxsSummry') statement.summary = node;
    else if (node.name === this.#message?.information) statement.information = freeTextAt(node) ?? '';
    else if (!statement.header) addHeaderPart(statement, node);
  }

  /** The header goes out before the first entry, or at the end of a statement without one. */
  #openHeader(statement: OpenStatement): StatementHeader {
    if (statement.header) return statement.header;
    const format = this.#message?.format ?? 'camt.053';
    const message = readMessageHeader(format, this.#version, this.#groupHeader);
    const { header, flags } = readStatementHeader(message, statement.head);
    for (const flag of flags) statement.flags.add(flag);
    statement.header = detached(header);
    this.events.push({ kind: 'statement', header: statement.header });
    return statement.header;
  }

  #closeStatement(statement: OpenStatement): void {
    this.#openHeader(statement);
    this.events.push({ kind: 'end', trailer: trailerOf(statement) });
    this.#statement = undefined;
  }
}
