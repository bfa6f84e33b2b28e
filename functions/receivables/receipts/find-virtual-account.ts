import { numberCandidates } from '../../../shared/identifiers/virtual-numbers.ts';
import type { ReceivablesTools } from '../tools.ts';
import type { ReceiptDraft } from './receipt-draft.ts';

/** Numbers that are looked up for one receipt, at most. */
export const numbersMax = 200;

/**
 * The key of the virtual account that a payment names, in its references or its text; an open one of the legal entity. Two of
 * them name none, since there is no telling which was meant; and so does a text with more numbers than are looked up.
 */
export async function findVirtualAccount(
  { store, hashNumber }: Pick<ReceivablesTools, 'store' | 'hashNumber'>,
  tenant: string,
  legalEntity: string,
  { references, texts }: Pick<ReceiptDraft, 'references' | 'texts'>,
): Promise<string | undefined> {
  const numbers = new Set([...Object.values(references), ...texts].flatMap(numberCandidates));
  if (numbers.size === 0 || numbers.size > numbersMax) return undefined;
  const found = await store.readVirtualAccounts(tenant, Array.from(numbers, hashNumber));
  const open = [...found.values()].filter((one) => one.state === 'ACTIVE' && one.legalEntity === legalEntity);
  return open.length === 1 ? open[0]?.accountKey : undefined;
}
