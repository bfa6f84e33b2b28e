import { DynamoDBClient, TransactionCanceledException } from '@aws-sdk/client-dynamodb';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Command } from '../../functions/ledger/commands.ts';
import { toEvents } from '../../functions/ledger/events.ts';
import { expirePendings } from '../../functions/ledger/expire-pendings.ts';
import { foldHot } from '../../functions/ledger/fold-hot.ts';
import { versionToPlain, recordToPlain } from '../../functions/ledger/items.ts';
import { hotShardOf, keys } from '../../functions/ledger/keys.ts';
import { listEntries } from '../../functions/ledger/list-entries.ts';
import { prove } from '../../functions/ledger/prove.ts';
import { presentProof } from '../../functions/ledger/present.ts';
import { readStateAsOf } from '../../functions/ledger/read-balance.ts';
import { readHistory } from '../../functions/ledger/read-history.ts';
import { ledgerStore } from '../../functions/ledger/store.ts';
import { submit } from '../../functions/ledger/submit.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { itemBytes } from '../../shared/dynamo/write-units.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { testCause, testNow, transferOf } from '../support/commands.ts';
import { anEngine } from '../support/engines.ts';
import { injectFaults } from '../support/faulty-client.ts';
import { ledgerOnEngine, openTestAccount, type TestLedger } from '../support/ledger.ts';
import { playScenario } from '../support/scenario.ts';
import { localAccess } from '../support/tables.ts';

let ledger: TestLedger;
beforeAll(async () => { ledger = await ledgerOnEngine(); });
afterAll(() => ledger?.close());
const code = (o: any) => (o.outcome === 'REFUSED' ? o.problem.code : 'accepted');
const open = async (t: string, hot = false) => ({
  capital: await openTestAccount(ledger, t, { name: 'capital' }),
  shop: await openTestAccount(ledger, t, { name: 'shop', limit: 'at least 0.00' }),
  clearing: hot ? await openTestAccount(ledger, t, { name: 'clearing', hot: true }) : '',
});
const change = (t: string, key: string, accountId: string, more: object): Command => ({ command: 'CHANGE', id: deriveId('tr', t, key), fingerprint: key, cause: testCause, accountId, ...more });
const head = async (t: string, id: string) => (await ledger.store.readHead(t, id))!;

describe('review', () => {
  it('01 readHistory/asOf loses versions behind 1 MB', { timeout: 120_000 }, async () => {
    const t = 'mb';
    const { capital, shop } = await open(t);
    const ids = Array.from({ length: 97 }, (_, n) => transferOf(t, `${n}`, '', '', 0n).id);
    const v = { state: await head(t, shop), transfers: ids, cause: testCause };
    console.log('bytes of a version with 97 transfers', itemBytes(toItem({ pk: keys.chain(t, shop), sk: keys.version(1), ...versionToPlain(v as never) })));
    const N = 400;
    for (let n = 0; n < N; n++) {
      const c = { ...transferOf(t, `n${n}`, capital, shop, 1n), valueDate: '2026-03-01', cause: { ...testCause, requestId: 'x'.repeat(3_000) } };
      await submit(ledger.store, t, [c], testNow);
    }
    const h = await head(t, shop);
    const then = await readStateAsOf(ledger.store, t, h, '2026-03-01', 'VALUE');
    const hist = await readHistory(ledger.store, t, h, '2026-03-01');
    console.log('01 posted', h.posted, 'asOf value', then?.posted, 'history', hist);
  });

  it('02 UNKNOWN overwritten by BUSY: says nothing was booked', async () => {
    const t = 'unk';
    const { capital, shop } = await open(t);
    const client = new DynamoDBClient({ endpoint: anEngine().endpoint, ...localAccess, maxAttempts: 1 });
    let lost = false;
    client.middlewareStack.add((next, ctx) => async (args) => {
      if (lost) throw Object.assign(new Error('slow down'), { name: 'ThrottlingException' });
      const answer = await next(args);
      if (ctx.commandName === 'TransactWriteItemsCommand') { lost = true; throw Object.assign(new Error('t'), { name: 'TimeoutError' }); }
      return answer;
    }, { step: 'finalizeRequest', priority: 'low', name: 'x' });
    const [o] = await submit(ledgerStore(client, ledger.table), t, [transferOf(t, '1', capital, shop, 7n)], testNow, { policy: { attemptsMax: 3, baseMs: 1, ceilingMs: 1 } });
    console.log('02', code(o), (o as any).problem?.fields?.detail, 'really posted', (await head(t, shop)).posted);
  });

  it('03 atomic with one key twice', async () => {
    const t = 'atom';
    const { capital, shop } = await open(t);
    const out = await submit(ledger.store, t, [transferOf(t, 'k', capital, shop, 10n), transferOf(t, 'k', capital, shop, 20n)], testNow, { atomic: true });
    console.log('03', out.map(code), 'posted', (await head(t, shop)).posted);
  });

  it('04 hot account closed while a transfer is on its way', async () => {
    const t = 'close';
    const { capital, clearing } = await open(t, true);
    const racing = { ...ledger.store, writeTransaction: async (tt: string, tx: any) => {
      const [c] = await submit(ledger.store, t, [change(t, 'close', clearing, { status: 'CLOSED' })], testNow);
      console.log('04 close', code(c) , c?.outcome);
      return ledger.store.writeTransaction(tt, tx);
    } };
    const [o] = await submit(racing as never, t, [transferOf(t, '1', capital, clearing, 100n)], testNow);
    await foldHot(ledger.store, t, clearing, testNow);
    const h = await head(t, clearing);
    const [out] = await submit(ledger.store, t, [transferOf(t, 'back', clearing, capital, 100n)], testNow);
    const [rev] = await submit(ledger.store, t, [{ command: 'REVERSE', id: deriveId('tr', t, 'rev'), fingerprint: 'r', cause: testCause, transferId: (o as any).transfer.id }], testNow);
    console.log('04', code(o), h.status, h.posted, 'get out:', code(out), code(rev));
  });

  it('05 no event for a change of a hot account; freeze has no effect', async () => {
    const t = 'hotchg';
    const { capital, shop, clearing } = await open(t, true);
    await submit(ledger.store, t, [transferOf(t, '1', capital, clearing, 100n)], testNow);
    await foldHot(ledger.store, t, clearing, testNow);
    await submit(ledger.store, t, [change(t, 'freeze', clearing, { status: 'FROZEN' }), change(t, 'f2', shop, { status: 'FROZEN' })], testNow);
    for (const id of [clearing, shop]) {
      const [v] = await ledger.store.readVersions(t, id, { from: 0, to: 99, newestFirst: true, limit: 1 });
      const item = { pk: keys.chain(t, id), sk: 'x', ...versionToPlain(v!) };
      console.log('05 events of change', id === clearing ? 'hot' : 'plain', toEvents({ kind: 'INSERT', item } as never).map(({ type }) => type));
    }
    await submit(ledger.store, t, [change(t, 'a', clearing, { status: 'ACTIVE', freeze: 100n })], testNow);
    const [o] = await submit(ledger.store, t, [transferOf(t, 'spend', clearing, capital, 100n)], testNow);
    console.log('05 spend frozen money of hot', code(o), (await head(t, clearing)).frozen);
    const none = await openTestAccount(ledger, t, { name: 'none' });
    await submit(ledger.store, t, [transferOf(t, 'n1', capital, none, 100n)], testNow);
    await submit(ledger.store, t, [change(t, 'n2', none, { freeze: 100n })], testNow);
    const [p] = await submit(ledger.store, t, [transferOf(t, 'n3', none, capital, 100n)], testNow);
    console.log('05 spend frozen money of NONE', code(p));
  });

  it('06 proof while an account is opened', async () => {
    const t = 'prov';
    const { capital } = await open(t);
    let once = true;
    const racing = { ...ledger.store, listAccounts: async (...a: any) => {
      const r = await (ledger.store.listAccounts as any)(...a);
      if (once) { once = false; const n = await openTestAccount(ledger, t, { name: 'new', now: new Date(testNow.getTime() + 1000) }); await submit(ledger.store, t, [transferOf(t, '1', capital, n, 5n)], testNow); }
      return r;
    } };
    const p = presentProof(await prove(racing as never, t, { accounts: 'ALL' }));
    console.log('06', p.sound, p.stable, JSON.stringify(p.trialBalance));
  });

  it('07 proof of a sample ignores the cursor', async () => {
    const t = 'samp';
    await open(t, true);
    const all = (await ledger.store.listAccounts(t, '', 10)).accounts.map(({ id }) => id);
    const p = await prove(ledger.store, t, { accounts: 3, from: all.at(-1)! });
    console.log('07 checked from the last of 3:', p.accountsChecked);
  });

  it('08 torn read: version seen before its record', async () => {
    const t = 'torn';
    const { capital, shop } = await open(t);
    await submit(ledger.store, t, [transferOf(t, '1', capital, shop, 5n)], testNow);
    const id = transferOf(t, '1', '', '', 0n).id;
    const torn = () => { let once = true; return { ...ledger.store, readRecords: async (tt: string, ids: Iterable<string>) => {
      const r = await ledger.store.readRecords(tt, ids); if (once && r.has(id)) { once = false; r.delete(id); } return r; } } as never; };
    await listEntries(torn(), t, await head(t, shop), { include: 'ALL', order: 'OLDEST_FIRST', limit: 5 }).then(() => console.log('08 ok'), (e) => console.log('08 listEntries', String(e)));
    console.log('08 proof', (await prove(torn(), t, { accounts: 'ALL' })).broken);
    await submit(torn(), t, [{ ...transferOf(t, '2', shop, capital, 1n), valueDate: '2026-03-01' }], testNow).then((o) => console.log('08', o.map(code)), (e) => console.log('08 submit', String(e)));
  });

  it('09 midnight: a slow writer books yesterday without the value-date check', async () => {
    const t = 'mid';
    const { capital, shop } = await open(t);
    const before = new Date('2026-03-02T15:59:59.900Z');
    const after = new Date('2026-03-02T16:00:00.100Z');
    await submit(ledger.store, t, [transferOf(t, 'credit', capital, shop, 100n)], after);
    const [o] = await submit(ledger.store, t, [transferOf(t, 'debit', shop, capital, 100n)], before);
    const h = await head(t, shop);
    console.log('09', code(o), 'by value 03-02', (await readStateAsOf(ledger.store, t, h, '2026-03-02', 'VALUE'))?.posted, 'by booking', (await readStateAsOf(ledger.store, t, h, '2026-03-02', 'BOOKING'))?.posted);
    const p = await listEntries(ledger.store, t, h, { include: 'ALL', order: 'OLDEST_FIRST', limit: 5 });
    console.log('09', p.entries.map((e) => `${e.bookingDate} ${e.transfer.bookedAt} ${e.transfer.valueDate}`));
    const [cmp] = await submit(ledger.store, t, [{ ...transferOf(t, 'same', shop, capital, 1n), valueDate: '2026-03-02' }], after);
    console.log('09 the same asked a moment later:', code(cmp));
  });

  it('10 fold order', async () => {
    const t = 'order';
    const { capital, clearing } = await open(t, true);
    const later: string[] = [];
    for (let n = 0; n < 40; n++) await submit(ledger.store, t, [transferOf(t, `n${n}`, capital, clearing, 1n)], new Date(testNow.getTime() + n * 1000));
    const first = await ledger.store.readHotPostings(t, clearing, 1);
    const all = await ledger.store.readHotPostings(t, clearing);
    for (const f of first) { const older = all.filter((o) => hotShardOf(o.id) === hotShardOf(f.id) && o.at < f.at); if (older.length) later.push(`${f.at} before ${older[0]!.at}`); }
    console.log('10 the first of a shard is not its oldest in', later.length, 'shards', later[0]);
  });

  it('11 hot booking date', async () => {
    const t = 'hotdate';
    const { capital, clearing } = await open(t, true);
    const before = new Date('2026-03-02T15:59:59.900Z');
    await submit(ledger.store, t, [transferOf(t, '1', capital, clearing, 100n)], before);
    await foldHot(ledger.store, t, clearing, new Date('2026-03-02T16:00:05Z'));
    for (const id of [capital, clearing]) {
      const h = await head(t, id);
      const p = await listEntries(ledger.store, t, h, { include: 'ALL', order: 'OLDEST_FIRST', limit: 5 });
      console.log('11', p.entries.map((e) => `${e.bookingDate} ${e.transfer.bookedAt}`), 'as of 03-02', (await readStateAsOf(ledger.store, t, h, '2026-03-02', 'BOOKING'))?.posted);
    }
  });

  it('12 frozen and held at the value date', async () => {
    const t = 'frz';
    const { capital, shop } = await open(t);
    await submit(ledger.store, t, [transferOf(t, '1', capital, shop, 100n)], testNow);
    await submit(ledger.store, t, [change(t, 'f', shop, { freeze: 60n })], testNow);
    const later = new Date('2026-03-06T01:00:00Z');
    await submit(ledger.store, t, [transferOf(t, '2', capital, shop, 50n)], later);
    const [o] = await submit(ledger.store, t, [{ ...transferOf(t, '3', shop, capital, 80n), valueDate: '2026-03-03' }], later);
    console.log('12', code(o));
  });

  it('13 openAccount under conflict', async () => {
    const client = new DynamoDBClient({ endpoint: anEngine().endpoint, ...localAccess, maxAttempts: 1 });
    injectFaults(client, 1, { conflict: 1 });
    await openTestAccount({ ...ledger, store: ledgerStore(client, ledger.table) }, 'opn', { name: 'x' }).catch((e) => console.log('13', e.name, e.constructor.name));
  });

  it('14 a scenario whose last step is refused', async () => {
    const f = await playScenario(ledger, 'scn', 'day       2026-03-02 09:00\nopen      A   CNY  no limit\nopen      B   CNY  at least 0.00\ntransfer  T1  B > A  1.00');
    console.log('14 failures', f);
  });

  it('15 tenant HOT', async () => {
    await openTestAccount(ledger, 'HOT', { name: 'mine' });
    const l = await ledger.store.listAccounts('HOT', '', 50);
    console.log('15', l.accounts.length, l.accounts.map(({ id, holder }) => `${id} ${holder}`).slice(-3), (await ledger.store.listHotAccounts()).slice(0, 1));
    await prove(ledger.store, 'HOT', { accounts: 'ALL' }).then((p) => console.log('15', p.broken), (e) => console.log('15 prove', String(e)));
  });

  it('16 hold and its posting in one call', async () => {
    const t = 'tp';
    const { capital, shop } = await open(t);
    const hold = { ...transferOf(t, 'h', capital, shop, 5n), mode: 'PENDING' as const };
    const post: Command = { command: 'POST', id: deriveId('tr', t, 'p'), fingerprint: 'p', cause: testCause, pendingId: hold.id, amounts: [] };
    console.log('16', (await submit(ledger.store, t, [hold, post], testNow)).map(code), 'again', (await submit(ledger.store, t, [post], testNow)).map(code));
  });

  it('17 expiry told by a stale index', async () => {
    const t = 'exp';
    const { capital, shop } = await open(t);
    const hold = { ...transferOf(t, 'h', capital, shop, 5n), mode: 'PENDING' as const, expiresAt: '2026-03-02T02:00:00.000Z' };
    const post: Command = { command: 'POST', id: deriveId('tr', t, 'p'), fingerprint: 'p', cause: testCause, pendingId: hold.id, amounts: [] };
    await submit(ledger.store, t, [hold, post.command ? hold : hold], testNow);
    await submit(ledger.store, t, [post], testNow);
    const stale = { ...ledger.store, readExpired: async () => [{ tenant: t, id: hold.id }] };
    const n = await expirePendings(stale as never, new Date('2026-03-02T03:00:00Z'));
    const id = deriveId('tr', t, 'expiry', hold.id);
    const r = (await ledger.store.readRecords(t, [id])).get(id)!;
    console.log('17 ended', n, r.outcome, toEvents({ kind: 'INSERT', item: { pk: `${t}#K`, ...recordToPlain(r) } } as never).map((e) => e.type));
  });

  it('18 one contended account fails its neighbours', async () => {
    const t = 'amp';
    const { capital } = await open(t);
    const shops = await Promise.all(Array.from({ length: 11 }, (_, n) => openTestAccount(ledger, t, { name: `s${n}` })));
    const busy = { ...ledger.store, writeTransaction: async (tt: string, tx: any) => {
      if (tx.versions.some((v: any) => v.state.accountId === shops[0])) throw new TransactionCanceledException({ message: 'x', $metadata: {}, CancellationReasons: [{ Code: 'TransactionConflict' }] });
      return ledger.store.writeTransaction(tt, tx);
    } };
    const out = await submit(busy as never, t, Array.from({ length: 5 }, (_, n) => transferOf(t, `${n}`, shops[2 * n]!, shops[2 * n + 1]!, 1n)), testNow, { policy: { attemptsMax: 4, baseMs: 1, ceilingMs: 1 } });
    console.log('18', out.map(code));
  });

  it('19 BatchGet that stays unprocessed', async () => {
    const t = 'bg';
    const { capital, shop } = await open(t);
    const client = new DynamoDBClient({ endpoint: anEngine().endpoint, ...localAccess, maxAttempts: 1 });
    client.middlewareStack.add((next, ctx) => async (args) => {
      if (ctx.commandName !== 'BatchGetItemCommand') return next(args);
      return { response: {}, output: { $metadata: {}, Responses: {}, UnprocessedKeys: (args.input as any).RequestItems } } as never;
    }, { step: 'initialize', name: 'x' });
    await submit(ledgerStore(client, ledger.table), t, [transferOf(t, '1', capital, shop, 1n)], testNow, { policy: { attemptsMax: 2, baseMs: 1, ceilingMs: 1 } }).then((o) => console.log('19', o.map(code)), (e) => console.log('19 thrown', String(e)));
  });

  it('20 pages of entries, both ways', async () => {
    const t = 'pages';
    const { capital, shop } = await open(t);
    for (let r = 0; r < 5; r++) {
      await submit(ledger.store, t, Array.from({ length: 7 }, (_, n) => transferOf(t, `r${r} n${n}`, capital, shop, BigInt(r * 10 + n + 1))), new Date(testNow.getTime() + r * 86_400_000));
      await submit(ledger.store, t, [change(t, `c${r}`, shop, { freeze: 1n })], new Date(testNow.getTime() + r * 86_400_000));
    }
    const h = await head(t, shop);
    for (const order of ['OLDEST_FIRST', 'NEWEST_FIRST'] as const) for (const limit of [1, 3, 7, 35, 50]) for (const range of [{}, { from: '2026-03-03', to: '2026-03-05' }]) {
      const whole = (await listEntries(ledger.store, t, h, { include: 'ALL', order, limit: 100, ...range })).entries.map((e) => e.transfer.id);
      const got: string[] = [];
      let after: any; let pages = 0;
      do { const p = await listEntries(ledger.store, t, h, { include: 'ALL', order, limit, ...range, ...(after && { after }) }); got.push(...p.entries.map((e) => e.transfer.id)); after = p.next; pages++; } while (after && pages < 60);
      expect(got).toEqual(whole);
    }
    console.log('20 fine');
  });
});
