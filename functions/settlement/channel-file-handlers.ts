import { fileStore, uploadSecondsMax } from '../../shared/files/file-store.ts';
import { causeOf } from '../../shared/http/cause.ts';
import { decodeCursor, encodeCursor } from '../../shared/http/cursor.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { defined } from '../../shared/objects/defined.ts';
import { general } from '../../shared/problems/general.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import type { ChannelFile } from './channel-files/channel-file.ts';
import { openSent, openUpload } from './channel-files/open-file.ts';
import { presentChannelFile } from './channel-files/present-channel-file.ts';
import { uploadKey } from './channel-files/upload-key.ts';
import type { channelFileContract } from './contract-channel-files.ts';
import { findMarket } from './markets/keep-market.ts';
import type { Market } from './markets/market.ts';
import { requireBegun } from './markets/require-begun.ts';
import { problems } from './problems.ts';
import { defaultStore } from './store.ts';

type Handler<Name extends keyof typeof channelFileContract> = OperationHandler<(typeof channelFileContract)[Name]>;

const importChannelFile: Handler<'importChannelFile'> = async ({ actor, now, path, query, file: sent }) => {
  const store = defaultStore();
  const { template: templateId, ...day } = query;
  const target = { tenant: actor.tenant, ...path, ...day, templateId };
  const market = await findMarket(store, actor.tenant, path.marketId);
  requireBegun(market, query.businessDate, now, { parameter: 'businessDate' });
  const bytes = new Uint8Array(sent ?? []);
  const file = await openSent(store, target, bytes, causeOf(actor), now.toISOString());
  if (file.status === 'COMPLETED') return { status: 200, body: await present(file, market) };
  await putDown(file, bytes, now);
  return { body: await present(file, market) };
};

/** Puts the bytes to where they are read from. Problem: `request/unavailable`. */
async function putDown({ tenant, id }: ChannelFile, bytes: Uint8Array<ArrayBuffer>, now: Date): Promise<void> {
  try {
    await files().write(uploadKey(tenant, id), bytes, now);
  } catch (error) {
    const detail = 'The file may lie with us or not; sending it again goes on.';
    throw general.unavailable.with({ detail }, { cause: error });
  }
}

const listChannelFiles: Handler<'listChannelFiles'> = async ({ actor: { tenant }, path: { marketId }, query }) => {
  const { from, to, limit: count, cursor } = query;
  const store = defaultStore();
  const scope = { operation: 'listChannelFiles', tenant, filters: { marketId, from, to } };
  const after = cursor === undefined ? undefined : decodeCursor(scope, cursor).after;
  const market = await findMarket(store, tenant, marketId);
  const { files, next } = await store.listChannelFiles(tenant, marketId, { from, to, count, ...defined({ after }) });
  const nextCursor = next === undefined ? undefined : encodeCursor(scope, { after: next });
  const shown = await Promise.all(files.map((file) => present(file, market)));
  return { body: { files: shown, ...defined({ nextCursor }) } };
};

const getChannelFile: Handler<'getChannelFile'> = async ({ actor: { tenant }, path: { marketId, fileId } }) => {
  const store = defaultStore();
  const market = await findMarket(store, tenant, marketId);
  const file = await store.readChannelFile(tenant, fileId);
  if (file?.marketId === marketId) return { body: await present(file, market) };
  const detail = `The market ${marketId} has no file ${fileId}.`;
  throw problems['channel-file-not-found'].with({ detail, fileId });
};

const createChannelFileUpload: Handler<'createChannelFileUpload'> = async (request) => {
  const { actor, now, path, body, idempotencyKey, fingerprint } = request;
  const { tenant } = actor;
  const store = defaultStore();
  const { channelId, businessDate, part, template: templateId, fileName } = body;
  const asked = {
    target: { tenant, ...path, channelId, businessDate, part, templateId },
    id: deriveId('cfl', tenant, 'upload', idempotencyKey),
    ...{ fileName, fingerprint },
    expiresAt: new Date(now.getTime() + uploadSecondsMax * 1000).toISOString(),
  };
  const market = await findMarket(store, tenant, path.marketId);
  requireBegun(market, businessDate, now, { pointer: '/businessDate' });
  const file = await openUpload(store, asked, causeOf(actor), now.toISOString());
  return { body: await present(file, market) };
};

async function present(file: ChannelFile, { currency }: Market) {
  if (file.status !== 'WAITING') return presentChannelFile(file, currency);
  const url = await files().uploadUrl(uploadKey(file.tenant, file.id), new Date(file.createdAt));
  return presentChannelFile(file, currency, url);
}

function files() {
  return fileStore(requireEnvironment('BUCKET_SETTLEMENT'));
}

export const channelFileHandlers = {
  importChannelFile,
  listChannelFiles,
  getChannelFile,
  createChannelFileUpload,
};
