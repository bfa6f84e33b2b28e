import { defined } from '../../objects/defined.ts';
import { readIsoDate, readIsoDateTime } from '../dates.ts';
import type { StatementAccount, StatementFormat, StatementHeader, TrailerFlag } from '../statement-events.ts';
import { find, firstText, textAt, type XmlNode } from '../xml/xml-node.ts';
import { partyName, readAccountNumber, readBic } from './read-parties.ts';

/** What the group header says of all statements in the message. */
export interface MessageHeader {
  readonly format: StatementFormat;
  readonly version?: string;
  readonly messageId?: string;
  /** As the file has it. */
  readonly createdAt?: string;
  readonly pageNumber?: number;
  readonly lastPage?: boolean;
}

export function readMessageHeader(
  format: StatementFormat,
  version: string | undefined,
  groupHeader: XmlNode | undefined,
): MessageHeader {
  return {
    format,
    ...defined({ version, messageId: textAt(groupHeader, 'MsgId'), createdAt: textAt(groupHeader, 'CreDtTm') }),
    ...readPagination(find(groupHeader, 'MsgPgntn')),
  };
}

/** The parts of a statement that its header is read from. */
export const headerParts: ReadonlySet<string> = new Set([
  'Id',
  'ElctrncSeqNb',
  'LglSeqNb',
  'CreDtTm',
  'FrToDt',
  'StmtPgntn',
  'RptPgntn',
  'NtfctnPgntn',
  'Acct',
]);

export interface HeaderReading {
  readonly header: StatementHeader;
  readonly flags: readonly TrailerFlag[];
}

/** The header of a Stmt, Rpt or Ntfctn. Its own page and time come before those of the message. */
export function readStatementHeader(
  { createdAt: messageCreatedAt, ...message }: MessageHeader,
  statement: XmlNode,
): HeaderReading {
  const flags: TrailerFlag[] = [];
  const period = find(statement, 'FrToDt');
  const pagination = find(statement, 'StmtPgntn') ?? find(statement, 'RptPgntn') ?? find(statement, 'NtfctnPgntn');
  const header = {
    ...message,
    ...defined({
      statementId: textAt(statement, 'Id'),
      sequenceNumber: firstText(statement, ['ElctrncSeqNb'], ['LglSeqNb']),
      createdAt: readCreatedAt(textAt(statement, 'CreDtTm') ?? messageCreatedAt, flags),
      fromDate: readPeriodDate(firstText(period, ['FrDtTm'], ['FrDt']), flags),
      toDate: readPeriodDate(firstText(period, ['ToDtTm'], ['ToDt']), flags),
    }),
    ...readPagination(pagination),
    account: readAccount(find(statement, 'Acct')),
  };
  return { header, flags };
}

function readCreatedAt(text: string | undefined, flags: TrailerFlag[]): string | undefined {
  const createdAt = text === undefined ? undefined : readIsoDateTime(text);
  if (text !== undefined && createdAt === undefined) flags.push('CREATED_AT_UNREADABLE');
  return createdAt;
}

function readPeriodDate(text: string | undefined, flags: TrailerFlag[]): string | undefined {
  if (text === undefined) return undefined;
  const { date, adjusted } = readIsoDate(text);
  if (adjusted) flags.push('DATE_ADJUSTED');
  if (date === undefined) flags.push('DATE_UNREADABLE');
  return date;
}

function readPagination(pagination: XmlNode | undefined): { pageNumber?: number; lastPage?: boolean } {
  const number = textAt(pagination, 'PgNb');
  const last = textAt(pagination, 'LastPgInd');
  return defined({
    pageNumber: number !== undefined && /^\d{1,5}$/.test(number) ? Number(number) : undefined,
    lastPage: last === undefined ? undefined : last === 'true' || last === '1',
  });
}

const ibanForm = /^[A-Z]{2}\d{2}[A-Z0-9]{11,30}$/;

/** Some banks put an IBAN where other numbers belong (Othr); it counts as one by its form. */
function readAccount(account: XmlNode | undefined): StatementAccount {
  const number = readAccountNumber(account);
  const compact = number?.replaceAll(' ', '');
  const isIban = compact !== undefined && ibanForm.test(compact);
  return defined({
    iban: isIban ? compact : undefined,
    number: isIban ? undefined : number,
    bic: readBic(find(account, 'Svcr', 'FinInstnId')),
    currency: textAt(account, 'Ccy'),
    ownerName: partyName(find(account, 'Ownr')),
  });
}
