import type { Plain } from '../../../../shared/dynamo/items.ts';
import { keys } from '../../keys.ts';
import type { BankFile } from './bank-file.ts';

/** Items as plain objects ↔ the model. */
export function bankFileToPlain(file: BankFile): Plain {
  return { ...keys.bankFile(file.tenant, file.id), kind: 'BANK_FILE', ...file };
}

export function bankFileFromPlain({ pk: _pk, sk: _sk, kind: _kind, reports, ...file }: Plain): BankFile {
  return { ...(file as unknown as BankFile), reports: Number(reports) };
}
