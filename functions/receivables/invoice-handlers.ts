import { businessDateOf } from '../../shared/calendar/plain-date.ts';
import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import { claimOf } from '../../shared/http/key-claim.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { defined } from '../../shared/objects/defined.ts';
import { general } from '../../shared/problems/general.ts';
import type { invoiceContract } from './contract-invoices.ts';
import { acceptInvoices } from './invoices/accept-invoices.ts';
import * as acts from './invoices/act-on-invoice.ts';
import { createInvoice as create } from './invoices/create-invoice.ts';
import { readFileLines } from './invoices/csv-invoices.ts';
import type { Invoice } from './invoices/invoice.ts';
import { presentBatch, presentInvoice, presentWhole } from './invoices/present-invoice.ts';
import { askedOf, readJsonLines, type SentLines } from './invoices/read-line.ts';
import { invoiceIdOf } from './keys.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof invoiceContract> = OperationHandler<(typeof invoiceContract)[Name]>;

async function whole(invoice: Invoice) {
  return { body: presentWhole(invoice, await defaultStore().readReductions(invoice.tenant, invoice.id)) };
}

const createInvoice: Handler<'createInvoice'> = async (request) => {
  const { tenant } = request.actor;
  const store = defaultStore();
  const asked = askedOf(request.body);
  const id = invoiceIdOf(tenant, asked.legalEntity, asked.number);
  const claim = { ...(await claimOf({ store }, 'createInvoice', 'inv', request)), id };
  return whole(await create(store, tenant, asked, claim));
};

const createInvoiceBatch: Handler<'createInvoiceBatch'> = async ({ actor, body: { lines, atomic }, now }) => {
  return acceptLines(actor, { lines: readJsonLines(lines) }, atomic, now);
};

const createInvoiceBatchFromFile: Handler<'createInvoiceBatchFromFile'> = async ({ actor, query, file, now }) => {
  const { atomic, ...given } = query;
  return acceptLines(actor, readFileLines(file ?? new Uint8Array(), given), atomic, now);
};

type Actor = Parameters<Handler<'createInvoiceBatch'>>[0]['actor'];

async function acceptLines(actor: Actor, sent: SentLines, atomic: boolean, now: Date) {
  const on = { at: now.toISOString(), cause: causeOf(actor) };
  return {
    body: presentBatch(sent.lines.length, await acceptInvoices(defaultStore(), actor.tenant, { ...sent, atomic }, on)),
  };
}

const listInvoices: Handler<'listInvoices'> = async ({ actor: { tenant }, query }) => {
  const { customerId, open, legalEntity = '', number = '', limit, cursor } = query;
  const store = defaultStore();
  if (customerId === undefined) {
    const invoice = await store.readInvoice(tenant, invoiceIdOf(tenant, legalEntity, number));
    return { body: { invoices: invoice ? [presentInvoice(invoice)] : [] } };
  }
  const scope = { operation: 'listInvoices', tenant, filters: { customerId, ...defined({ open }) } };
  const page = { after: cursor === undefined ? undefined : decodeCursor(scope, cursor).after, count: limit };
  const read = open === undefined ? store.readInvoicesOf : store.readOpenInvoices;
  const { invoices, next } = await read(tenant, customerId, page);
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  return { body: { invoices: invoices.map(presentInvoice), ...defined({ nextCursor }) } };
};

const getInvoice: Handler<'getInvoice'> = async ({ actor: { tenant }, path: { invoiceId } }) => {
  return whole(await acts.findInvoice(defaultStore(), { tenant, invoiceId }));
};

const disputeInvoice: Handler<'disputeInvoice'> = async ({ actor, path: { invoiceId }, body: { reason }, now }) => {
  const on = { at: now.toISOString(), cause: causeOf(actor) };
  return whole(await acts.putInDispute(defaultStore(), { tenant: actor.tenant, invoiceId }, reason, on));
};

const resolveInvoiceDispute: Handler<'resolveInvoiceDispute'> = async ({ actor, path: { invoiceId }, now }) => {
  const on = { at: now.toISOString(), cause: causeOf(actor) };
  return whole(await acts.endDispute(defaultStore(), { tenant: actor.tenant, invoiceId }, on));
};

const creditInvoice: Handler<'creditInvoice'> = async (request) => {
  const { actor, path, body, now } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const { number, amount, reason } = body;
  const today = businessDateOf(now);
  const date = body.issuedOn ?? today;
  if (date > today) throw inTheFuture(today);
  const asked = { kind: 'CREDIT_NOTE', amount: amount.minor, currency: amount.currency, number, reason, date } as const;
  const claim = await claimOf({ store }, 'creditInvoice', 'cn', request);
  const idOf = ({ legalEntity }: Invoice) => deriveId('cn', tenant, legalEntity, number);
  return whole(await acts.reduce(store, { tenant, ...path }, asked, idOf, claim));
};

function inTheFuture(today: string) {
  const detail = `Today is ${today}; send the day on which it was issued.`;
  return general.malformed.with({ detail }).at({ pointer: '/issuedOn', detail });
}

const writeOffInvoice: Handler<'writeOffInvoice'> = async (request) => {
  const { actor, path, body, now } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const { amount, reason } = body;
  const date = businessDateOf(now);
  const asked = { kind: 'WRITE_OFF', amount: amount.minor, currency: amount.currency, reason, date } as const;
  const claim = await claimOf({ store }, 'writeOffInvoice', 'wo', request);
  return whole(await acts.reduce(store, { tenant, ...path }, asked, () => claim.id, claim));
};

export const invoiceHandlers = {
  createInvoice,
  createInvoiceBatch,
  createInvoiceBatchFromFile,
  listInvoices,
  getInvoice,
  disputeInvoice,
  resolveInvoiceDispute,
  creditInvoice,
  writeOffInvoice,
};
