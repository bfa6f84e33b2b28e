import { defined } from '../../objects/defined.ts';
import { readIsoDateTime } from '../dates.ts';
import { FormatError } from '../format-error.ts';
import { freeTextCharactersMax, refuseLongText } from '../text-limits.ts';
import { tidy } from '../tidy.ts';
import { exactTextAt, find, findAll, type XmlNode } from '../xml/xml-node.ts';
import { sameNumber } from './control-sum.ts';
import { badField, missing, type PlacedNode, requiredText } from './read-fields.ts';
import { readInstructedAmount } from './read-transaction.ts';
import type {
  PaymentStatus,
  StatusCount,
  StatusFlag,
  StatusReason,
  StatusReport,
  TransactionStatus,
} from './status-events.ts';

/** @throws FormatError missing-field, bad-field */
export function readReport(
  version: string | undefined,
  header: XmlNode | undefined,
  original: PlacedNode,
): StatusReport {
  return {
    originalMessageId: requiredText(original, 'OrgnlMsgId'),
    originalMessageName: requiredText(original, 'OrgnlMsgNmId'),
    ...readLevel(original, 'GrpSts'),
    ...defined({
      version,
      messageId: exactTextAt(header, 'MsgId'),
      createdAt: readIsoDateTime(exactTextAt(header, 'CreDtTm') ?? ''),
    }),
  };
}

/** @throws FormatError missing-field, bad-field */
export function readPaymentStatus(payment: PlacedNode): PaymentStatus {
  return { paymentInformationId: requiredText(payment, 'OrgnlPmtInfId'), ...readLevel(payment, 'PmtInfSts') };
}

function readLevel(placed: PlacedNode, status: 'GrpSts' | 'PmtInfSts') {
  const { node } = placed;
  return {
    reasons: readReasons(placed),
    perStatus: findAll(node, 'NbOfTxsPerSts').map((one) =>
      readStatusCount({ node: one, place: `${placed.place}/NbOfTxsPerSts` }),
    ),
    ...defined({
      code: exactTextAt(node, status),
      originalCount: readCount(placed, 'OrgnlNbOfTxs'),
      originalSum: readSum(placed, 'OrgnlCtrlSum'),
    }),
  };
}

function readStatusCount(placed: PlacedNode): StatusCount {
  const count = readCount(placed, 'DtldNbOfTxs');
  if (count === undefined) throw missing(`${placed.place}/DtldNbOfTxs`);
  return { code: requiredText(placed, 'DtldSts'), count, ...defined({ sum: readSum(placed, 'DtldCtrlSum') }) };
}

function readCount({ node, place }: PlacedNode, name: string): number | undefined {
  const text = exactTextAt(node, name);
  if (text === undefined) return undefined;
  if (!/^\d{1,15}$/.test(text)) throw badField('It is no number of transactions', `${place}/${name}`);
  return Number(text);
}

function readSum({ node, place }: PlacedNode, name: string): string | undefined {
  const text = exactTextAt(node, name);
  if (text === undefined) return undefined;
  if (sameNumber(text, '0') === undefined) throw badField('It is no decimal number', `${place}/${name}`);
  return text;
}

function readReasons({ node, place }: PlacedNode): StatusReason[] {
  const reasons = findAll(node, 'StsRsnInf').map((one) => ({
    information: readInformation({ node: one, place: `${place}/StsRsnInf` }),
    ...defined({ code: exactTextAt(one, 'Rsn', 'Cd'), proprietary: exactTextAt(one, 'Rsn', 'Prtry') }),
  }));
  return reasons.filter((one) => one.code !== undefined || one.proprietary !== undefined || one.information.length > 0);
}

function readInformation({ node, place }: PlacedNode): string[] {
  return findAll(node, 'AddtlInf').flatMap(({ text }) => {
    const line = tidy(text);
    refuseLongText(line, freeTextCharactersMax, `${place}/AddtlInf`);
    return line === '' ? [] : [line];
  });
}

/** @throws FormatError missing-field where the line names no transaction */
export function readTransactionStatus(
  transaction: PlacedNode,
  paymentInformationId: string,
  flags: Set<StatusFlag>,
): TransactionStatus {
  const { node, place } = transaction;
  const ids = defined({
    instructionId: exactTextAt(node, 'OrgnlInstrId'),
    endToEndId: exactTextAt(node, 'OrgnlEndToEndId'),
  });
  if (Object.keys(ids).length === 0) throw missing(`${place}/OrgnlEndToEndId`);
  return {
    paymentInformationId,
    ...ids,
    reasons: readReasons(transaction),
    ...defined({
      code: exactTextAt(node, 'TxSts'),
      acceptedAt: readAcceptedAt(node, flags),
      bankReference: exactTextAt(node, 'AcctSvcrRef'),
    }),
    ...readOriginalAmount(transaction, flags),
  };
}

function readAcceptedAt(node: XmlNode, flags: Set<StatusFlag>): string | undefined {
  const text = exactTextAt(node, 'AccptncDtTm');
  const time = text === undefined ? undefined : readIsoDateTime(text);
  if (text !== undefined && time === undefined) flags.add('ACCEPTED_AT_UNREADABLE');
  return time;
}

/** What the bank repeats of the original; that it cannot be read does not unsay the status. */
function readOriginalAmount({ node, place }: PlacedNode, flags: Set<StatusFlag>) {
  const amount = find(node, 'OrgnlTxRef', 'Amt', 'InstdAmt');
  if (!amount) return {};
  try {
    return readInstructedAmount({ node: amount, place: `${place}/OrgnlTxRef/Amt/InstdAmt` });
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    flags.add('AMOUNT_UNREADABLE');
    return {};
  }
}
