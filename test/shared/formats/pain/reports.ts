import { readStatuses } from '../../../../shared/formats/pain/read-statuses.ts';
import type { StatusEvent } from '../../../../shared/formats/pain/status-events.ts';
import { bytesOf } from './messages.ts';

/** A pain.002 on message MSG-1: what stands in OrgnlGrpInfAndSts after its ids, and what follows it. */
export function reportXml(group: string, payments = '', version = 'pain.002.001.10'): string {
  return (
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${version}"><CstmrPmtStsRpt><GrpHdr><MsgId>R-1</MsgId>` +
    '<CreDtTm>2026-03-03T09:00:00+08:00</CreDtTm></GrpHdr><OrgnlGrpInfAndSts><OrgnlMsgId>MSG-1</OrgnlMsgId>' +
    `<OrgnlMsgNmId>pain.008.001.08</OrgnlMsgNmId>${group}</OrgnlGrpInfAndSts>${payments}</CstmrPmtStsRpt></Document>`
  );
}

export function paymentXml(content: string, id = 'P1'): string {
  return `<OrgnlPmtInfAndSts><OrgnlPmtInfId>${id}</OrgnlPmtInfId>${content}</OrgnlPmtInfAndSts>`;
}

export function lineXml(endToEndId: string, content: string): string {
  return `<TxInfAndSts><OrgnlEndToEndId>${endToEndId}</OrgnlEndToEndId>${content}</TxInfAndSts>`;
}

export function reasonXml(code: string, ...information: string[]): string {
  const lines = information.map((line) => `<AddtlInf>${line}</AddtlInf>`).join('');
  return `<StsRsnInf><Rsn><Cd>${code}</Cd></Rsn>${lines}</StsRsnInf>`;
}

export async function statusesOf(file: string | Uint8Array, size?: number): Promise<StatusEvent[]> {
  const events: StatusEvent[] = [];
  for await (const event of readStatuses(bytesOf(file, size))) events.push(event);
  return events;
}
