/** Where things lie in the table. Tenant names hold no '#'. */
export const keys = {
  /** The rails of a tenant and their outages: few, read together by every quote. */
  rails: (tenant: string) => `${tenant}#RAILS`,
  railsConfiguration: 'CONFIGURATION',
  railOutages: (railId: string) => `OUTAGES#${railId}`,
  mandate: (tenant: string, mandateId: string) => ({ pk: `${tenant}#${mandateId}`, sk: 'MANDATE' }),
  /** What a mandate has been used for; written with every collection, so apart from it. */
  usage: (tenant: string, mandateId: string) => ({ pk: `${tenant}#${mandateId}`, sk: 'USAGE' }),
  /** Which mandate has an agreement number. */
  agreement: (tenant: string, agreementNumber: string) => ({ pk: `${tenant}#A#${agreementNumber}`, sk: 'A' }),
  bankChannel: (tenant: string) => ({ pk: `${tenant}#CHANNEL`, sk: 'CHANNEL' }),
  /** A message handed to a bank and, in blocks, the orders of one that went as a file. */
  bankMessage: (tenant: string, messageId: string) => ({ pk: `${tenant}#B#${messageId}`, sk: 'MESSAGE' }),
  sentOrders: (tenant: string, messageId: string, block: number) => ({
    pk: `${tenant}#B#${messageId}`,
    sk: `ORDERS#${String(block).padStart(6, '0')}`,
  }),
  /** Which message holds a payment information. */
  paymentInformation: (tenant: string, id: string) => ({ pk: `${tenant}#BP#${id}`, sk: 'PAYMENT_INFORMATION' }),
  /** Which file carried an order. */
  sentOrder: (tenant: string, orderId: string) => ({ pk: `${tenant}#BO#${orderId}`, sk: 'ORDER' }),
  /** What banks reported of an order. */
  reports: (tenant: string, orderId: string) => `${tenant}#R#${orderId}`,
  /** A payment of another capability, the message that it was sent in, and what was told of it. */
  payment: (tenant: string, orderId: string) => ({ pk: `${tenant}#P#${orderId}`, sk: 'PAYMENT' }),
  paymentMessage: (tenant: string, messageId: string) => ({ pk: `${tenant}#PM#${messageId}`, sk: 'MESSAGE' }),
  paymentReport: (tenant: string, orderId: string, state: string, source: string) => ({
    pk: `${tenant}#P#${orderId}`,
    sk: `REPORT#${state}#${source}`,
  }),
  /** What became of a file of a bank, and which file came first with a message of a bank. */
  bankFile: (tenant: string, fileId: string) => ({ pk: `${tenant}#F#${fileId}`, sk: 'FILE' }),
  bankFileOf: (tenant: string, nameId: string) => ({ pk: `${tenant}#FM#${nameId}`, sk: 'FILE' }),
  /** The books of the sandbox bank. */
  sandboxOrder: (tenant: string, orderId: string) => ({ pk: `${tenant}#SB#${orderId}`, sk: 'ORDER' }),
  sandboxAnswer: (tenant: string, orderId: string, name: string) => ({
    pk: `${tenant}#SB#${orderId}`,
    sk: `ANSWER#${name}`,
  }),
  sandboxFirst: (tenant: string, what: string) => ({ pk: `${tenant}#SBF#${what}`, sk: 'FIRST' }),
  batch: (tenant: string, batchId: string) => ({ pk: `${tenant}#${batchId}`, sk: 'BATCH' }),
  /** The items of a batch, in blocks. */
  block: (tenant: string, batchId: string, block: number) => ({
    pk: `${tenant}#${batchId}`,
    sk: `N#${String(block).padStart(6, '0')}`,
  }),
  /** That the inbox of a block is to be taken into it. */
  blockAside: (tenant: string, batchId: string, block: number) => ({
    pk: `${tenant}#${batchId}`,
    sk: `A#${String(block).padStart(6, '0')}`,
  }),
  /** A message of a batch: which blocks are in it. */
  dispatch: (tenant: string, batchId: string, messageId: string) => ({
    pk: `${tenant}#${batchId}`,
    sk: `M#${messageId}`,
  }),
  batchProgress: (tenant: string, batchId: string) => ({ pk: `${tenant}#${batchId}`, sk: 'PROGRESS' }),
  /** Why lines of a batch were refused, in blocks. */
  refusals: (tenant: string, batchId: string, block: number) => ({
    pk: `${tenant}#${batchId}`,
    sk: `X#${String(block).padStart(6, '0')}`,
  }),
  /** Which batch has a number of the caller's. */
  batchNumber: (tenant: string, number: string) => ({ pk: `${tenant}#N#${number}`, sk: 'N' }),
  /** That a block has money which came on a day. */
  settledDay: (tenant: string, date: string, batchId: string, block: number) => ({
    pk: `${tenant}#SD#${date}`,
    sk: `${batchId}#${String(block).padStart(6, '0')}`,
  }),
  /** What a payer paid on a day, where it is to be reported. */
  largeValue: (tenant: string, date: string, id: string) => ({ pk: `${tenant}#LV#${date}`, sk: id }),
} as const;

/** Index values: the mandates of a tenant by the time they were made. */
export const mandatesOf = (tenant: string) => `${tenant}#MANDATES`;

/** Index values: the batches of a tenant by the time they were made. */
export const batchesOf = (tenant: string) => `${tenant}#BATCHES`;

/** Index values: the collections of a tenant that were asked for by themselves. */
export const collectionsOf = (tenant: string) => `${tenant}#COLLECTIONS`;

/** Index values: blocks with something to do, by when. */
const blockShardCount = 8;
const shardOf = (batchId: string, block: number) => (batchId.charCodeAt(batchId.length - 1) + block) % blockShardCount;
export const openShards = Array.from({ length: blockShardCount }, (_, shard) => `OPEN#${shard}`);
export const openShard = (batchId: string, block: number) => `OPEN#${shardOf(batchId, block)}`;

/** Index values: blocks whose inbox is to be taken into them, by when. */
export const asideShards = Array.from({ length: blockShardCount }, (_, shard) => `ASIDE#${shard}`);
export const asideShard = (batchId: string, block: number) => `ASIDE#${shardOf(batchId, block)}`;

/** Index values: days with money in them, by when a block was marked. */
export const settledShards = Array.from({ length: blockShardCount }, (_, shard) => `SETTLED#${shard}`);
export const settledShard = (batchId: string, block: number) => `SETTLED#${shardOf(batchId, block)}`;

/** The block that a key is of. */
export function placeOfKey(pk: string, sk: string) {
  const tenant = tenantOf(pk);
  return { tenant, batchId: pk.slice(tenant.length + 1), block: Number(sk.slice('N#'.length)) };
}

export function tenantOf(pk: string): string {
  return pk.slice(0, pk.indexOf('#'));
}

/** Index values: answers of the sandbox bank by when they are told. */
const answerShardCount = 8;
export const answerShards = Array.from({ length: answerShardCount }, (_, shard) => `ANSWERS#${shard}`);
export function answerShard(orderId: string): string {
  const sum = Array.from(orderId).reduce((total, character) => total + character.charCodeAt(0), 0);
  return `ANSWERS#${sum % answerShardCount}`;
}
