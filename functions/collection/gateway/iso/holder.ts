import { cnapsSystem } from '../../../../shared/formats/pain/check-holder.ts';
import type { AccountHolder } from '../../../../shared/formats/pain/payment-message.ts';
import { checkIban } from '../../../../shared/identifiers/iban.ts';
import { defined } from '../../../../shared/objects/defined.ts';
import type { PartyAccount } from '../bank-gateway.ts';

/** A bank account as ISO 20022 has it. */
export function holderOf({ name, number, bank }: PartyAccount): AccountHolder {
  const { cnaps, bic } = bank;
  const clearing = cnaps === undefined ? undefined : { system: cnapsSystem, code: cnaps };
  const agent = defined({ bic, clearing });
  return {
    name,
    account: checkIban(number) === undefined ? { iban: number.toUpperCase() } : { number },
    ...(Object.keys(agent).length > 0 && { agent }),
  };
}
