import { readIsoDate } from '../dates.ts';
import { defined } from '../defined.ts';
import type { StatementAccount, StatementFormat, StatementHeader } from '../statement-events.ts';
import { partyName, readAccountNumber, readBic } from './read-parties.ts';
import { find, firstText, textAt, type XmlNode } from './xml-node.ts';

/** What the group header says of all statements in the message. */
export interface MessageHeader {
  readonly format: StatementFormat;
  readonly version?: string;
  readonly messageId?: string;
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

/** The header of a Stmt, Rpt or Ntfctn. Its own page and time come before those of the message. */
export function readStatementHeader(message: MessageHeader, statement: XmlNode): StatementHeader {
  const period = find(statement, 'FrToDt');
  const pagination = find(statement, 'StmtPgntn') ?? find(statement, 'RptPgntn') ?? find(statement, 'NtfctnPgntn');
  return {
    ...message,
    ...defined({
      statementId: textAt(statement, 'Id'),
      sequenceNumber: firstText(statement, ['ElctrncSeqNb'], ['LglSeqNb']),
      createdAt: textAt(statement, 'CreDtTm') ?? message.createdAt,
      fromDate: readIsoDate(firstText(period, ['FrDtTm'], ['FrDt']) ?? '').date,
      toDate: readIsoDate(firstText(period, ['ToDtTm'], ['ToDt']) ?? '').date,
    }),
    ...readPagination(pagination),
    account: readAccount(find(statement, 'Acct')),
  };
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
