import { SaxesParser } from 'saxes';

/**
 * The structure of pain.008.001.08 and pain.001.001.09 as ISO 20022 publishes it, as far as it can matter here: which
 * elements follow each other in which order (`!` must be there, `*` may repeat, `|` is one of several), and what their
 * texts look like. Taken from the message definitions, not from the writer; elements the writer never uses are listed so
 * that a wrong order shows.
 */
const structures: Record<string, string> = {
  'Document.008': 'CstmrDrctDbtInitn!:Collections',
  'Document.001': 'CstmrCdtTrfInitn!:Transfers',
  Collections: 'GrpHdr!:Header PmtInf!*:CollectionInstruction SplmtryData*:Any',
  Transfers: 'GrpHdr!:Header PmtInf!*:TransferInstruction SplmtryData*:Any',
  Header: 'MsgId!:Max35 CreDtTm!:DateTime Authstn*:Any NbOfTxs!:Count CtrlSum:Decimal InitgPty!:Party FwdgAgt:Agent',
  CollectionInstruction:
    'PmtInfId!:Max35 PmtMtd!:DD BtchBookg:Boolean NbOfTxs:Count CtrlSum:Decimal PmtTpInf:CollectionType ReqdColltnDt!:Date ' +
    'Cdtr!:Party CdtrAcct!:Account CdtrAgt!:Agent CdtrAgtAcct:Account UltmtCdtr:Party ChrgBr:Bearer ChrgsAcct:Account ' +
    'ChrgsAcctAgt:Agent CdtrSchmeId:Party DrctDbtTxInf!*:Collection',
  TransferInstruction:
    'PmtInfId!:Max35 PmtMtd!:TRF BtchBookg:Boolean NbOfTxs:Count CtrlSum:Decimal PmtTpInf:TransferType ' +
    'ReqdExctnDt!:DateChoice PoolgAdjstmntDt:Date Dbtr!:Party DbtrAcct!:Account DbtrAgt!:Agent DbtrAgtAcct:Account ' +
    'InstrForDbtrAgt:Max140 UltmtDbtr:Party ChrgBr:Bearer ChrgsAcct:Account ChrgsAcctAgt:Agent CdtTrfTxInf!*:Transfer',
  Collection:
    'PmtId!:PaymentId PmtTpInf:CollectionType InstdAmt!:Amount ChrgBr:Bearer DrctDbtTx:MandateFrame UltmtCdtr:Party ' +
    'DbtrAgt!:Agent DbtrAgtAcct:Account Dbtr!:Party DbtrAcct!:Account UltmtDbtr:Party InstrForCdtrAgt:Max140 Purp:Purpose ' +
    'RgltryRptg*:Any Tax:Any RltdRmtInf*:Any RmtInf:Remittance SplmtryData*:Any',
  Transfer:
    'PmtId!:PaymentId PmtTpInf:TransferType Amt!:AmountChoice XchgRateInf:Any ChrgBr:Bearer ChqInstr:Any UltmtDbtr:Party ' +
    'IntrmyAgt1:Agent IntrmyAgt1Acct:Account IntrmyAgt2:Agent IntrmyAgt2Acct:Account IntrmyAgt3:Agent IntrmyAgt3Acct:Account ' +
    'CdtrAgt:Agent CdtrAgtAcct:Account Cdtr:Party CdtrAcct:Account UltmtCdtr:Party InstrForCdtrAgt*:Any ' +
    'InstrForDbtrAgt:Max140 Purp:Purpose RgltryRptg*:Any Tax:Any RltdRmtInf*:Any RmtInf:Remittance SplmtryData*:Any',
  PaymentId: 'InstrId:Max35 EndToEndId!:Max35 UETR:Any',
  CollectionType: 'InstrPrty:Any SvcLvl*:Code4 LclInstrm:Code35 SeqTp:Sequence CtgyPurp:Code4',
  TransferType: 'InstrPrty:Any SvcLvl*:Code4 LclInstrm:Code35 CtgyPurp:Code4',
  Code4: '|Cd:Max4 Prtry:Max35',
  Code35: '|Cd:Max35 Prtry:Max35',
  Purpose: '|Cd:Max4 Prtry:Max35',
  DateChoice: '|Dt:Date DtTm:DateTime',
  AmountChoice: '|InstdAmt:Amount EqvtAmt:Any',
  Party: 'Nm:Max140 PstlAdr:Any Id:PartyId CtryOfRes:Any CtctDtls:Any',
  PartyId: '|OrgId:Organisation PrvtId:Person',
  Organisation: 'AnyBIC:BIC LEI:Any Othr*:GenericId',
  Person: 'DtAndPlcOfBirth:Any Othr*:GenericId',
  GenericId: 'Id!:Max35 SchmeNm:SchemeChoice Issr:Max35',
  SchemeChoice: '|Cd:Max4 Prtry:Max35',
  Account: 'Id!:AccountChoice Tp:Any Ccy:Any Nm:Max70 Prxy:Any',
  AccountChoice: '|IBAN:IBAN Othr:OtherAccount',
  OtherAccount: 'Id!:Max34 SchmeNm:SchemeChoice Issr:Max35',
  Agent: 'FinInstnId!:Institution BrnchId:Any',
  Institution: 'BICFI:BIC ClrSysMmbId:Member LEI:Any Nm:Max140 PstlAdr:Any Othr:OtherInstitution',
  OtherInstitution: 'Id!:Max35 SchmeNm:SchemeChoice Issr:Max35',
  Member: 'ClrSysId:System MmbId!:Max35',
  System: '|Cd:Max5 Prtry:Max35',
  MandateFrame: 'MndtRltdInf:Mandate CdtrSchmeId:Party PreNtfctnId:Max35 PreNtfctnDt:Date',
  Mandate: 'MndtId:Max35 DtOfSgntr:Date AmdmntInd:Boolean AmdmntInfDtls:Any ElctrncSgntr:Any FrstColltnDt:Date',
  Remittance: 'Ustrd*:Max140 Strd*:Structured',
  Structured:
    'RfrdDocInf*:Any RfrdDocAmt:Any CdtrRefInf:Reference Invcr:Party Invcee:Party TaxRmt:Any AddtlRmtInf*:Max140',
  Reference: 'Tp:ReferenceType Ref:Max35',
  ReferenceType: 'CdOrPrtry!:ReferenceCode Issr:Max35',
  ReferenceCode: '|Cd:DocumentType Prtry:Max35',
};

const texts: Record<string, RegExp> = {
  ...Object.fromEntries(
    [4, 5, 34, 35, 70, 140].map((length) => [`Max${length}`, new RegExp(`^.{1,${length}}$`, 'su')]),
  ),
  Date: /^\d{4}-\d\d-\d\d$/,
  DateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?$/,
  Count: /^\d{1,15}$/,
  Decimal: /^(?=(\D*\d){1,18}\D*$)\d+(\.\d{1,17})?$/,
  Amount: /^(?=(\D*\d){1,18}\D*$)\d+(\.\d{1,5})?$/,
  Boolean: /^(true|false)$/,
  DD: /^DD$/,
  TRF: /^TRF$/,
  Bearer: /^(DEBT|CRED|SHAR|SLEV)$/,
  Sequence: /^(FRST|RCUR|FNAL|OOFF|RPRE)$/,
  DocumentType: /^(RADM|RPIN|FXDR|DISP|PUOR|SCOR)$/,
  IBAN: /^[A-Z]{2}\d{2}[a-zA-Z0-9]{1,30}$/,
  BIC: /^[A-Z0-9]{4}[A-Z]{2}[A-Z0-9]{2}([A-Z0-9]{3})?$/,
};

interface Element {
  readonly name: string;
  readonly attributes: Record<string, string>;
  readonly children: Element[];
  text: string;
}

/** What breaks the structure, as lines to read; none where the message keeps to it. */
export function structureFaults(xml: string): string[] {
  const root = parse(xml);
  const version = /^urn:iso:std:iso:20022:tech:xsd:pain\.(008\.001\.08|001\.001\.09)$/.exec(
    root.attributes.xmlns ?? '',
  );
  if (root.name !== 'Document' || !version) return [`${root.name}: another root or version`];
  return faultsOf(root, `Document.${(version[1] ?? '').slice(0, 3)}`, 'Document');
}

function parse(xml: string): Element {
  const root: Element = { name: '', attributes: {}, children: [], text: '' };
  const open = [root];
  const parser = new SaxesParser();
  parser.on('opentag', ({ name, attributes }) => {
    const element = { name, attributes: attributes as Record<string, string>, children: [], text: '' };
    open.at(-1)?.children.push(element);
    open.push(element);
  });
  parser.on('text', (text) => {
    const element = open.at(-1);
    if (element) element.text += text;
  });
  parser.on('closetag', () => open.pop());
  parser.write(xml).close();
  const [document] = root.children;
  if (!document) throw new Error('there is no root');
  return document;
}

function faultsOf(element: Element, type: string, path: string): string[] {
  if (type === 'Any') return [];
  const structure = structures[type];
  if (structure === undefined) return textFaults(element, type, path);
  if (element.text.trim() !== '') return [`${path}: has text`];
  const names = element.children.map(({ name }) => name);
  const choice = structure.startsWith('|');
  const steps = structure.replace('|', '').split(' ').map(stepOf);
  const order = choice ? choiceFaults(names, steps, path) : orderFaults(names, steps, path);
  if (order.length > 0) return order;
  return element.children.flatMap((child) => {
    const step = steps.find(({ name }) => name === child.name);
    return faultsOf(child, step?.type ?? 'Any', `${path}/${child.name}`);
  });
}

interface Step {
  readonly name: string;
  readonly required: boolean;
  readonly repeats: boolean;
  readonly type: string;
}

function stepOf(text: string): Step {
  const [, name = '', required, repeats, type = ''] = /^(\w+)(!?)(\*?):(\w+)$/.exec(text) ?? [];
  if (name === '') throw new Error(`no step: ${text}`);
  return { name, required: required !== '', repeats: repeats !== '', type };
}

function choiceFaults(names: readonly string[], steps: readonly Step[], path: string): string[] {
  const [only] = names;
  if (names.length === 1 && steps.some(({ name }) => name === only)) return [];
  return [`${path}: not one of ${steps.map(({ name }) => name).join(', ')}`];
}

function orderFaults(names: readonly string[], steps: readonly Step[], path: string): string[] {
  let at = 0;
  for (const { name, required, repeats } of steps) {
    const start = at;
    while (names[at] === name && (repeats || at === start)) at += 1;
    if (required && at === start) return [`${path}: ${name} is missing or out of order`];
  }
  return at === names.length ? [] : [`${path}: ${names[at]} is unknown, repeated or out of order`];
}

function textFaults({ text, children, attributes }: Element, type: string, path: string): string[] {
  if (children.length > 0) return [`${path}: has elements`];
  if (type === 'Amount' && !/^[A-Z]{3}$/.test(attributes.Ccy ?? '')) return [`${path}: has no currency`];
  const pattern = texts[type];
  if (!pattern) throw new Error(`no type ${type}`);
  return pattern.test(text) ? [] : [`${path}: '${text}' is no ${type}`];
}
