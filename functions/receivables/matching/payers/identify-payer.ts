import type { Evidence } from '../decision.ts';
import type { OpenReceipt } from '../open-item.ts';
import type { Customers } from './customers.ts';
import type { Payer } from './payer.ts';

/** A number of which nothing may be shown. */
const unshown = '****';

export type NameOf = (name: string) => string;

/**
 * Who paid a receipt: by the virtual account that it was paid to, else the account that it was paid from, else its whole name.
 * An account that two customers pay from leaves the choice between them to the name. Where account and name are of two
 * different customers neither is known; a name that nobody has contradicts nothing, so that a typing mistake or
 * 有限责任公司 for 有限公司 does no harm to a known account.
 */
export function identifyPayer(customers: Customers, receipt: OpenReceipt, normalised: NameOf): Payer {
  const name = receipt.payer.name === undefined ? '' : normalised(receipt.payer.name);
  const virtualAccount = customers.virtualAccount(receipt.virtualAccountKey ?? '');
  if (virtualAccount) {
    const { customerId, number = unshown } = virtualAccount;
    const evidence = [said('VIRTUAL_ACCOUNT', number, nameOf(customers, customerId))];
    return { customerId, by: 'VIRTUAL_ACCOUNT', among: [], virtualAccount, name, evidence };
  }
  const ofName = name === '' ? [] : customers.withName(name);
  const ofAccount = customers.withAccount(receipt.payer.accountKey ?? '');
  if (ofAccount.length > 0) return byAccount(customers, receipt, name, ofAccount, ofName);
  if (ofName.length !== 1) return { among: ofName, name, evidence: [] };
  const [customerId = ''] = ofName;
  return { customerId, by: 'NAME', among: [], name, evidence: nameEvidence(customers, receipt, customerId) };
}

function byAccount(
  customers: Customers,
  receipt: OpenReceipt,
  name: string,
  ofAccount: readonly string[],
  ofName: readonly string[],
): Payer {
  const both = ofAccount.filter((id) => ofName.includes(id));
  const contradicts = ofName.length > 0 && both.length === 0;
  const nearly = ofAccount.filter((id) => name !== '' && customers.hasWeakName(id, name));
  const possible = both.length > 0 ? both : nearly.length > 0 ? nearly : ofAccount;
  const [customerId = ''] = possible;
  if (contradicts || possible.length !== 1) {
    return { among: [...new Set([...(contradicts ? ofAccount : possible), ...ofName])].sort(), name, evidence: [] };
  }
  const evidence = [
    said('ACCOUNT', receipt.payer.account ?? unshown, nameOf(customers, customerId)),
    ...(both.length > 0 || nearly.length > 0 ? nameEvidence(customers, receipt, customerId) : []),
  ];
  return { customerId, by: 'ACCOUNT', among: [], name, evidence };
}

function nameEvidence(customers: Customers, { payer }: OpenReceipt, customerId: string): Evidence[] {
  return [said('NAME', payer.name ?? '', nameOf(customers, customerId))];
}

/** What a bookkeeper calls a customer. */
function nameOf(customers: Customers, customerId: string): string {
  return customers.get(customerId)?.names[0] ?? customerId;
}

function said(kind: Evidence['kind'], found: string, meant: string): Evidence {
  return { kind, found, meant };
}
