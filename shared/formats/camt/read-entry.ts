import { defined } from '../../objects/defined.ts';
import { type DateReading, readIsoDate, readIsoDateTime } from '../dates.ts';
import type { EntryDetail, EntryFlag, EntryStatus, StatementEntry, StatementFormat } from '../statement-events.ts';
import { find, findAll, firstText, freeTextAt, textAt, type XmlNode } from '../xml/xml-node.ts';
import { readIndicator, readSignedAmount } from './read-amounts.ts';
import { chargePartsOf, readBeforeCharges } from './read-charges.ts';
import { addDetails, type DetailDraft, finishDetail } from './read-detail.ts';
import { meaningful } from './read-references.ts';

export interface EntryContext {
  readonly format: StatementFormat;
  /** `Stmt`, `Rpt` or `Ntfctn`. */
  readonly statement: string;
  readonly accountCurrency?: string;
  readonly ownAccount?: string;
  readonly index: number;
  readonly repaired: boolean;
}

/**
 * A Ntry, its transactions read already. CdtDbtInd is the direction of the booking itself, of a reversal too: with
 * RvslInd true, CRDT undoes a debit and DBIT undoes a credit (ISO 20022 message definition report of camt.053, usage of
 * ReversalIndicator). So the sign follows CdtDbtInd alone.
 */
export function readEntry(node: XmlNode, drafts: readonly DetailDraft[], context: EntryContext): StatementEntry {
  const element = `${context.statement}/Ntry`;
  const value = readSignedAmount(node, element, context.accountCurrency);
  const flags: EntryFlag[] = [];
  if (value.indicatorMissing) flags.push('INDICATOR_MISSING');
  if (value.negative) flags.push('NEGATIVE_AMOUNT');
  if (context.repaired) flags.push('TEXT_NOT_UTF8');
  const reversal = isTrue(textAt(node, 'RvslInd'));
  const marked = readIndicator(node, element) ?? 'CREDIT';
  const details = drafts.map((draft) => finishDetail(draft, { ...context, entry: value, marked, reversal, element }));
  const only = details.length === 1 ? details[0] : undefined;
  const additionalInformation = freeTextAt(node, 'AddtlNtryInf');
  const entry = {
    index: context.index,
    amount: value.amount,
    currency: value.currency,
    creditDebit: value.creditDebit,
    reversal,
    status: readStatus(node, context.format, flags),
    ...defined({
      bookingDate: readDate(find(node, 'BookgDt'), flags),
      bookedAt: readIsoDateTime(textAt(node, 'BookgDt', 'DtTm') ?? ''),
      valueDate: readDate(find(node, 'ValDt'), flags),
      bankReference: meaningful(textAt(node, 'AcctSvcrRef')),
      entryReference: meaningful(textAt(node, 'NtryRef')),
      transactionCode: readTransactionCode(find(node, 'BkTxCd')),
      remittance: only?.remittance ?? (details.length > 1 ? undefined : additionalInformation),
      additionalInformation,
      counterparty: only?.counterparty,
      declaredDetailsCount: readDeclaredCount(node),
    }),
    references: { ...readBatchReferences(node), ...only?.references },
    ...readBeforeCharges(chargePartsOf(node), value.currency),
  };
  return { ...entry, ...addDetails(value, details, flags), flags };
}

const statusByCode: Record<string, EntryStatus> = { BOOK: 'BOOKED', PDNG: 'PENDING', FUTR: 'PENDING', INFO: 'INFO' };

/** `<Sts>BOOK</Sts>` up to version 7, `<Sts><Cd>BOOK</Cd></Sts>` after it. A camt.053 lists what is booked. */
function readStatus(node: XmlNode, format: StatementFormat, flags: EntryFlag[]): EntryStatus {
  const text = firstText(node, ['Sts', 'Cd'], ['Sts', 'Prtry'], ['Sts'])?.toUpperCase();
  const status = text === undefined ? undefined : statusByCode[text];
  if (status !== undefined) return status;
  flags.push(text === undefined ? 'STATUS_MISSING' : 'STATUS_UNKNOWN');
  return text === undefined && format === 'camt.053' ? 'BOOKED' : 'INFO';
}

function readDate(node: XmlNode | undefined, flags: EntryFlag[]): string | undefined {
  const text = firstText(node, ['Dt'], ['DtTm'], []);
  if (text === undefined) return undefined;
  const { date, adjusted }: DateReading = readIsoDate(text);
  const flag = adjusted ? 'DATE_ADJUSTED' : 'DATE_UNREADABLE';
  if ((adjusted || date === undefined) && !flags.includes(flag)) flags.push(flag);
  return date;
}

/** The ISO code, `PMNT/RCDT/ESCT`, else the bank's own. */
function readTransactionCode(code: XmlNode | undefined): string | undefined {
  const domain = find(code, 'Domn');
  const parts = [textAt(domain, 'Cd'), textAt(domain, 'Fmly', 'Cd'), textAt(domain, 'Fmly', 'SubFmlyCd')];
  return parts.filter(Boolean).join('/') || textAt(code, 'Prtry', 'Cd');
}

function readDeclaredCount(node: XmlNode): number | undefined {
  const counts = findAll(node, 'NtryDtls').flatMap((details) => textAt(details, 'Btch', 'NbOfTxs') ?? []);
  return counts.length > 0 && counts.every((count) => /^\d{1,15}$/.test(count))
    ? counts.reduce((sum, count) => sum + Number(count), 0)
    : undefined;
}

/** A batch carries the references of the order it came from. */
function readBatchReferences(node: XmlNode): EntryDetail['references'] {
  const batch = find(node, 'NtryDtls', 'Btch');
  return defined({ messageId: textAt(batch, 'MsgId'), paymentInformationId: textAt(batch, 'PmtInfId') });
}

function isTrue(text: string | undefined): boolean {
  return text === 'true' || text === '1';
}
