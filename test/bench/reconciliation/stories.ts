import { bankCharge, discountInTime, discountLate, overpaid } from './cases/misses.ts';
import { instalments, partNamed, partUnnamed } from './cases/parts.ts';
import { severalNamed, severalShortened, severalShortPaid, severalUnnamed } from './cases/several.ts';
import { accountAndAmount, equalAmounts, misspeltName, nameAndAmount, virtualAccount } from './cases/single-amount.ts';
import {
  byOrder,
  byThirdParty,
  cutShort,
  inText,
  inTextLines,
  inTextRespelt,
  mistyped,
  structured,
} from './cases/single-reference.ts';
import {
  disputed,
  duplicate,
  internalTransfer,
  lookAlike,
  onAccount,
  unknownPayer,
  wrongCurrency,
  wrongEntity,
} from './cases/strays.ts';
import type { Desk } from './desk.ts';
import type { CaseKind, Draft } from './labelled.ts';

/** How often each kind happens, and how it goes: it opens its own invoices and pays them, or does not. */
export const stories: Readonly<Record<CaseKind, { weight: number; tell: (desk: Desk) => Draft[] }>> = {
  STRUCTURED_REFERENCE: { weight: 12, tell: structured },
  TEXT_REFERENCE: { weight: 14, tell: inText },
  TEXT_RESPELT: { weight: 6, tell: inTextRespelt },
  TEXT_IN_LINES: { weight: 4, tell: inTextLines },
  TEXT_CUT_AT_END: { weight: 2, tell: cutShort },
  THIRD_PARTY_NAMES_IT: { weight: 2, tell: byThirdParty },
  ORDER_NAMED: { weight: 3, tell: byOrder },
  NUMBER_MISTYPED: { weight: 0.5, tell: mistyped },
  ACCOUNT_AND_AMOUNT: { weight: 9, tell: accountAndAmount },
  NAME_AND_AMOUNT: { weight: 9, tell: nameAndAmount },
  NAME_MISSPELT: { weight: 2, tell: misspeltName },
  VIRTUAL_ACCOUNT: { weight: 5, tell: virtualAccount },
  EQUAL_AMOUNTS: { weight: 1, tell: equalAmounts },
  SEVERAL_NAMED: { weight: 5, tell: severalNamed },
  SEVERAL_SHORTENED: { weight: 1, tell: severalShortened },
  SEVERAL_SHORT_PAID: { weight: 0.5, tell: severalShortPaid },
  SEVERAL_UNNAMED: { weight: 3, tell: severalUnnamed },
  PART_NAMED: { weight: 3, tell: partNamed },
  PART_UNNAMED: { weight: 0.5, tell: partUnnamed },
  INSTALMENTS: { weight: 1.5, tell: instalments },
  BANK_CHARGE: { weight: 3, tell: bankCharge },
  DISCOUNT_IN_TIME: { weight: 3, tell: discountInTime },
  DISCOUNT_LATE: { weight: 1, tell: discountLate },
  DUPLICATE: { weight: 1, tell: duplicate },
  OVERPAID: { weight: 1.5, tell: overpaid },
  ON_ACCOUNT: { weight: 2, tell: onAccount },
  DISPUTED: { weight: 1, tell: disputed },
  WRONG_CURRENCY: { weight: 0.7, tell: wrongCurrency },
  WRONG_ENTITY: { weight: 0.7, tell: wrongEntity },
  LOOK_ALIKE: { weight: 1.5, tell: lookAlike },
  INTERNAL_TRANSFER: { weight: 1, tell: internalTransfer },
  UNKNOWN_PAYER: { weight: 1.5, tell: unknownPayer },
};
