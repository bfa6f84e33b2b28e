import fc from 'fast-check';
import type {
  AccountHolder,
  Agent,
  CollectionMessage,
  PaymentTransaction,
  TransferMessage,
} from '../../../../shared/formats/pain/payment-message.ts';
import { defined } from '../../../../shared/objects/defined.ts';

const specials = ['建设银行', '<&>"\'', ']]>', '𠮷野家', 'a  b', '/', 'Ünïcode', '１２３'];

/** Texts that may stand in a message, with all that XML could stumble over. */
export function texts(lengthMax: number): fc.Arbitrary<string> {
  const piece = fc.oneof(fc.string({ unit: 'grapheme', maxLength: 6 }), fc.constantFrom(...specials));
  return fc
    .array(piece, { minLength: 1, maxLength: 5 })
    .map((pieces) => [...pieces.join('')].slice(0, lengthMax).join('').trim())
    .filter((text) => text !== '' && !/[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061C\u200E\u200F\uFEFF]/u.test(text));
}

const ids = texts(35);
const codes = fc.stringMatching(/^[A-Z0-9]{1,4}$/);
const dates = fc
  .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));

/** Leaves out what is undefined, so that what is read compares equal. */
function record<T extends object>(fields: { [K in keyof T]: fc.Arbitrary<T[K]> }): fc.Arbitrary<T> {
  return fc.record(fields).map((value) => defined(value) as T);
}

function maybe<T>(one: fc.Arbitrary<T>): fc.Arbitrary<T> {
  return fc.option(one, { nil: undefined }) as fc.Arbitrary<T>;
}

const agents: fc.Arbitrary<Agent> = fc.oneof(
  fc.record({ bic: fc.constantFrom('PCBCCNBJ', 'DEUTDEFF500') }),
  fc.record({
    clearing: fc.record({ system: fc.constant('CNAPS'), code: fc.constantFrom('105100000017', '313332082914') }),
  }),
  fc.record({ bic: fc.constant('ICBKCNBJ'), clearing: fc.record({ system: fc.constant('USABA'), code: ids }) }),
);

const accounts = fc.oneof(
  fc.record({ iban: fc.constantFrom('DE89370400440532013000', 'GB82WEST12345698765432', 'NO9386011117947') }),
  fc.record({ number: texts(34) }),
);

const holders: fc.Arbitrary<AccountHolder> = record({ name: texts(140), account: accounts, agent: maybe(agents) });

const transactionFields = {
  endToEndId: ids,
  instructionId: maybe(ids),
  amount: fc.oneof(fc.bigInt(1n, 1_000n), fc.bigInt(1n, 10n ** 12n)),
  currency: fc.constantFrom('CNY', 'EUR', 'JPY', 'KWD', 'CLF'),
  purpose: maybe(codes),
  remittance: maybe(texts(140)),
  creditorReference: maybe(ids),
} satisfies { [K in keyof PaymentTransaction]-?: unknown };

const termsFields = {
  requestedDate: dates,
  batchBooking: maybe(fc.boolean()),
  serviceLevel: maybe(codes),
  localInstrument: maybe(codes),
  categoryPurpose: maybe(codes),
  chargeBearer: maybe(fc.constantFrom('DEBT' as const, 'CRED' as const, 'SHAR' as const, 'SLEV' as const)),
};

const headerFields = {
  messageId: ids,
  createdAt: fc.constantFrom('2026-03-02T08:00:00Z', '2026-03-02T08:00:00.123Z', '2026-12-31T23:59:59+08:00'),
  initiatingParty: fc.oneof(
    fc.record({ name: texts(140) }),
    fc.record({ id: ids }),
    fc.record({ name: texts(140), id: ids }),
  ),
};

function messages<Payment extends object>(fields: { [K in keyof Payment]: fc.Arbitrary<Payment[K]> }) {
  const payments = fc
    .array(record<Payment>(fields), { minLength: 1, maxLength: 3 })
    .map((all) => all.map((one, index) => ({ ...one, paymentInformationId: `P-${index}` })));
  return fc.record({ ...headerFields, payments });
}

/** As arrays, so that they can be compared with what is read. */
export const collectionMessages: fc.Arbitrary<CollectionMessage> = messages({
  ...termsFields,
  sequenceType: fc.constantFrom('FRST' as const, 'RCUR' as const, 'FNAL' as const, 'OOFF' as const),
  creditor: holders,
  creditorScheme: maybe(fc.record({ id: ids, scheme: ids })),
  transactions: fc.array(
    record({ ...transactionFields, debtor: holders, mandate: fc.record({ id: ids, signedOn: dates }) }),
    { minLength: 1, maxLength: 5 },
  ),
}) as fc.Arbitrary<CollectionMessage>;

export const transferMessages: fc.Arbitrary<TransferMessage> = messages({
  ...termsFields,
  debtor: holders,
  transactions: fc.array(record({ ...transactionFields, creditor: holders }), { minLength: 1, maxLength: 5 }),
}) as fc.Arbitrary<TransferMessage>;
