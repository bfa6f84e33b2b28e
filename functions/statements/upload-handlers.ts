import { fileStore, uploadSecondsMax } from '../../shared/files/file-store.ts';
import type { OperationHandler } from '../../shared/http/request.ts';
import { deriveId } from '../../shared/identifiers/id.ts';
import { requireEnvironment } from '../../shared/service/environment.ts';
import type { contract } from './contract.ts';
import { notFound } from './import-handlers.ts';
import type { ImportAnswer } from './import-once.ts';
import { keyReused } from './key-reused.ts';
import { defaultStore } from './store.ts';
import { type Upload, uploadStore } from './store-uploads.ts';
import { uploadKey } from './upload-key.ts';

type Handler<Name extends keyof typeof contract> = OperationHandler<(typeof contract)[Name]>;

const createStatementUpload: Handler<'createStatementUpload'> = async (request) => {
  const { actor, now, body, idempotencyKey, fingerprint } = request;
  const { tenant, client, role, requestId } = actor;
  const uploads = uploadStore(defaultStore());
  const asked: Upload = {
    tenant,
    id: deriveId('upl', tenant, idempotencyKey),
    status: 'WAITING',
    fileName: body.fileName,
    fingerprint,
    createdAt: now.toISOString(),
    createdBy: { client, role, requestId },
    expiresAt: new Date(now.getTime() + uploadSecondsMax * 1000).toISOString(),
    bytes: 0,
    entries: 0,
  };
  if (await uploads.openUpload(asked)) return { body: await presentUpload(asked) };
  const known = await uploads.readUpload(tenant, asked.id);
  if (known && known.fingerprint !== fingerprint) throw keyReused();
  return { body: await presentOpened(known ?? asked) };
};

/** The answer that the upload was opened with. */
function presentOpened(upload: Upload) {
  return presentUpload({
    ...upload,
    status: 'WAITING',
    bytes: 0,
    entries: 0,
  });
}

const getStatementUpload: Handler<'getStatementUpload'> = async ({ actor, path }) => {
  const upload = await uploadStore(defaultStore()).readUpload(actor.tenant, path.id);
  if (!upload) throw notFound('upload', path.id);
  return { body: await presentUpload(upload) };
};

async function presentUpload(upload: Upload) {
  const { tenant, id, status, fileName, createdAt, expiresAt, bytes, entries, result, problem } = upload;
  const isWaiting = status === 'WAITING';
  return {
    id,
    status,
    fileName,
    ...(isWaiting && { uploadUrl: await files().uploadUrl(uploadKey(tenant, id), new Date(createdAt)) }),
    expiresAt,
    bytes,
    entries,
    ...(!isWaiting && result !== undefined && { result: JSON.parse(result) as ImportAnswer }),
    ...(!isWaiting && problem !== undefined && { problem: JSON.parse(problem) as { code: string; detail: string } }),
  };
}

function files() {
  return fileStore(requireEnvironment('BUCKET_STATEMENTS'));
}

export const uploadHandlers = { createStatementUpload, getStatementUpload };
