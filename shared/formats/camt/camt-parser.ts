import { detached } from '../detached.ts';
import type { StatementEvent, StatementFormat, StatementHeader } from '../statement-events.ts';
import { StatementFormatError } from '../statement-format-error.ts';
import type { TextBlock } from '../text-blocks.ts';
import { DetailDrafts } from './detail-drafts.ts';
import { addBalance, addHeaderPart, type OpenStatement, openStatement, trailerOf } from './open-statement.ts';
import { readEntry } from './read-entry.ts';
import { readMessageHeader, readStatementHeader } from './read-header.ts';
import { freeTextAt, type XmlNode } from './xml-node.ts';
import { type XmlListener, XmlReader } from './xml-reader.ts';

/** Elements of one part of a statement: a header, a balance, an entry without its transactions, a transaction. */
export const elementsPerPartMax = 20_000;

/** Characters of one part of a statement. */
const charactersPerPartMax = 4 * 1024 * 1024;

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
export class CamtParser implements XmlListener {
  /** Events of the text so far; the caller takes them out. */
  readonly events: StatementEvent[] = [];
  readonly #xml = new XmlReader(this);
  #message: (typeof messages)[string] | undefined;
  #version: string | undefined;
  #groupHeader: XmlNode | undefined;
  #statement: OpenStatement | undefined;
  #statementsSeen = 0;
  /** The open elements of the part being read, outermost first. */
  #part: XmlNode[] = [];
  #partElements = 0;
  #partCharacters = 0;
  #partRepaired = false;
  readonly #drafts = new DetailDrafts();
  #repaired = false;

  write(block: TextBlock): void {
    this.#repaired = block.repaired;
    if (block.repaired) this.#partRepaired = true;
    this.#xml.write(block.text);
  }

  /** @throws StatementFormatError truncated, not-a-statement */
  end(): void {
    this.#xml.end();
    if (this.#statementsSeen === 0) {
      throw new StatementFormatError('not-a-statement', 'The file holds no statement', { line: this.#xml.line });
    }
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (this.#part.length > 0) this.#openInPart(name, attributes);
    else if (this.#statement) this.#openPart(name, attributes);
    else if (this.#message) this.#openInMessage(name, attributes);
    else this.#openOutside(name, attributes);
  }

  text(text: string): void {
    const node = this.#part.at(-1);
    if (!node) return;
    node.text += text;
    this.#partCharacters += text.length;
    if (this.#partCharacters > charactersPerPartMax) {
      throw new StatementFormatError('element-too-large', `More than ${charactersPerPartMax} characters in an element`);
    }
  }

  close(name: string): void {
    const node = this.#part.pop();
    if (node) this.#closeInPart(node);
    else if (this.#statement && name === this.#message?.statement) this.#closeStatement(this.#statement);
    else if (this.#message && messages[name] === this.#message) this.#message = undefined;
  }

  #openOutside(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#message = messages[name];
    for (const value of Object.values(attributes)) this.#version = versionInNamespace.exec(value)?.[1] ?? this.#version;
  }

  #openInMessage(name: string, attributes: Readonly<Record<string, string>>): void {
    if (name === this.#message?.statement) {
      this.#statementsSeen += 1;
      this.#statement = openStatement({ name, attributes, text: '', children: [] });
    } else {
      this.#openPart(name, attributes);
    }
  }

  #openPart(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#part = [{ name, attributes, text: '', children: [] }];
    this.#partElements = 1;
    this.#partCharacters = 0;
    this.#partRepaired = this.#repaired;
    this.#drafts.take();
  }

  #openInPart(name: string, attributes: Readonly<Record<string, string>>): void {
    this.#partElements += 1;
    if (this.#partElements > elementsPerPartMax) {
      throw new StatementFormatError('element-too-large', `More than ${elementsPerPartMax} elements in one`);
    }
    this.#part.push({ name, attributes, text: '', children: [] });
  }

  /** A closed element joins its parent; a transaction is read at once and leaves the tree, an outermost one is a part. */
  #closeInPart(node: XmlNode): void {
    const parent = this.#part.at(-1);
    if (!parent) this.#closePart(node);
    else if (node.name === 'TxDtls' && this.#part[0]?.name === 'Ntry') this.#takeDetail(node);
    else parent.children.push(node);
  }

  #takeDetail(node: XmlNode): void {
    this.#drafts.add(node, this.#message?.statement ?? '');
    this.#partElements = this.#part.length;
    this.#partCharacters = 0;
  }

  #closePart(node: XmlNode): void {
    const statement = this.#statement;
    if (!statement) {
      if (node.name === 'GrpHdr') this.#groupHeader = node;
    } else if (node.name === 'Ntry') this.#takeEntry(statement, node);
    else if (node.name === 'Bal') addBalance(statement, node, this.#partRepaired);
    else this.#takeOther(statement, node);
  }

  #takeEntry(statement: OpenStatement, node: XmlNode): void {
    const { account } = this.#openHeader(statement);
    statement.entries += 1;
    const ownAccount = account.iban ?? account.number;
    const entry = readEntry(node, this.#drafts.take(), {
      format: this.#message?.format ?? 'camt.053',
      statement: statement.head.name,
      ...(account.currency !== undefined && { accountCurrency: account.currency }),
      ...(ownAccount !== undefined && { ownAccount }),
      index: statement.entries,
      repaired: this.#partRepaired,
    });
    statement.entryCurrency ??= entry.currency;
    this.events.push({ kind: 'entry', entry });
  }

  #takeOther(statement: OpenStatement, node: XmlNode): void {
    if (this.#partRepaired) statement.flags.add('TEXT_NOT_UTF8');
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
