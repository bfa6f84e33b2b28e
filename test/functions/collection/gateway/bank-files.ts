/** Files as a bank writes them. */

/** A text as it is read, in the pieces given. */
export async function* chunksOf(pieces: Iterable<string>): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield new TextEncoder().encode(piece);
}

/** A pain.002 about a message; `group` follows its ids, `payments` the group. */
export function statusXml(
  messageId: string,
  group: string,
  payments = '',
  { id = `R-${messageId}`, at = '2026-03-03T09:00:00+08:00', name = 'pain.008.001.08' } = {},
): string {
  return (
    '<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><CstmrPmtStsRpt>' +
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${at}</CreDtTm></GrpHdr>` +
    `<OrgnlGrpInfAndSts><OrgnlMsgId>${messageId}</OrgnlMsgId><OrgnlMsgNmId>${name}</OrgnlMsgNmId>${group}` +
    `</OrgnlGrpInfAndSts>${payments}</CstmrPmtStsRpt></Document>`
  );
}

export interface EntryXml {
  readonly endToEndId: string;
  readonly amount: string;
  readonly currency?: string;
  readonly direction?: 'CRDT' | 'DBIT';
  readonly status?: string;
  readonly reversal?: boolean;
  readonly reason?: string;
  /** AcctSvcrRef of its entry, and of its transaction. */
  readonly reference?: string;
  readonly own?: string;
  /** What follows the amount of its transaction. */
  readonly more?: string;
  /** BookgDt */
  readonly booked?: string;
}

/** One entry for several transactions, of which `batch` tells. */
export interface BatchXml {
  readonly total: string;
  readonly batch?: string;
  readonly lines: readonly EntryXml[];
}

/** A camt.054 with an entry for each, in the order of the schema; `parts` stand before the entries. */
export function noticeXml(
  entries: readonly (EntryXml | BatchXml)[],
  message = 'camt.054',
  { id = 'N-1', page = '', parts = '', at = '2026-03-03T18:00:00+08:00', account = '32001881236052500099' } = {},
): string {
  const root = message === 'camt.054' ? 'BkToCstmrDbtCdtNtfctn' : 'BkToCstmrStmt';
  const part = message === 'camt.054' ? 'Ntfctn' : 'Stmt';
  return (
    `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:${message}.001.08"><${root}>` +
    `<GrpHdr><MsgId>${id}</MsgId><CreDtTm>${at}</CreDtTm>${page}</GrpHdr>` +
    `<${part}><Id>N-1</Id><CreDtTm>${at}</CreDtTm>` +
    `<Acct><Id><Othr><Id>${account}</Id></Othr></Id><Ccy>CNY</Ccy></Acct>${parts}` +
    `${entries.map((entry) => ('lines' in entry ? batchXml(entry) : entryXml(entry))).join('')}</${part}></${root}></Document>`
  );
}

function entryXml(entry: EntryXml): string {
  return `${headXml(entry)}<NtryDtls>${detailXml(entry)}</NtryDtls></Ntry>`;
}

function batchXml({ total: amount, batch = '', lines }: BatchXml): string {
  const [first] = lines;
  return (
    headXml({ endToEndId: '', ...first, amount }) +
    `<NtryDtls>${batch}${lines.map(detailXml).join('')}</NtryDtls></Ntry>`
  );
}

function headXml(entry: EntryXml): string {
  const {
    amount,
    currency = 'CNY',
    direction = 'CRDT',
    status = 'BOOK',
    reversal,
    booked = '<Dt>2026-03-03</Dt>',
    reference,
  } = entry;
  const servicer = reference === undefined ? '' : `<AcctSvcrRef>${reference}</AcctSvcrRef>`;
  return (
    `<Ntry><Amt Ccy="${currency}">${amount}</Amt><CdtDbtInd>${direction}</CdtDbtInd>` +
    `${reversal ? '<RvslInd>true</RvslInd>' : ''}<Sts><Cd>${status}</Cd></Sts><BookgDt>${booked}</BookgDt>${servicer}` +
    '<BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>IDDT</Cd><SubFmlyCd>ESDD</SubFmlyCd></Fmly></Domn></BkTxCd>'
  );
}

function detailXml({ endToEndId, amount, currency = 'CNY', reason, own, more = '' }: EntryXml): string {
  const servicer = own === undefined ? '' : `<AcctSvcrRef>${own}</AcctSvcrRef>`;
  const returned = reason === undefined ? '' : `<RtrInf><Rsn><Cd>${reason}</Cd></Rsn></RtrInf>`;
  return (
    `<TxDtls><Refs>${servicer}<EndToEndId>${endToEndId}</EndToEndId></Refs>` +
    `<Amt Ccy="${currency}">${amount}</Amt>${more}${returned}</TxDtls>`
  );
}
