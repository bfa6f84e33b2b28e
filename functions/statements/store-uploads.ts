import type { Plain } from '../../shared/dynamo/items.ts';
import { toItem } from '../../shared/dynamo/items.ts';
import { keys } from './keys.ts';
import type { StatementStore } from './store.ts';
import type { Cause } from './stored-statement.ts';

export type UploadStatus = 'WAITING' | 'IMPORTING' | 'COMPLETED' | 'REFUSED';

/** A large file on its way in. COMPLETED and REFUSED are final. */
export interface Upload {
  readonly tenant: string;
  readonly id: string;
  readonly status: UploadStatus;
  readonly fileName: string;
  readonly fingerprint: string;
  readonly createdAt: string;
  readonly createdBy: Cause;
  readonly expiresAt: string;
  readonly bytes: number;
  readonly entries: number;
  /** The answer of the import, or the problem it was refused with: JSON. */
  readonly result?: string;
  readonly problem?: string;
}

export type UploadStore = ReturnType<typeof uploadStore>;

export function uploadStore(store: Pick<StatementStore, 'get' | 'putNew' | 'update'>) {
  return {
    async readUpload(tenant: string, id: string): Promise<Upload | undefined> {
      const item = await store.get(keys.upload(tenant, id));
      return item && uploadFromPlain(item);
    },

    /** Opens an upload; false where it is open already. */
    openUpload(upload: Upload): Promise<boolean> {
      return store.putNew({ ...keys.upload(upload.tenant, upload.id), kind: 'UPLOAD', ...upload });
    },

    /** Notes how far an import is. False where it has ended. */
    noteProgress(tenant: string, id: string, progress: { readonly bytes?: number; readonly entries?: number }) {
      const fields = Object.entries(progress).filter(([, value]) => value !== undefined);
      return store.update(keys.upload(tenant, id), {
        UpdateExpression: ['SET #status = :importing', ...fields.map(([name]) => `#${name} = :${name}`)].join(', '),
        ConditionExpression: '#status IN (:waiting, :importing)',
        ExpressionAttributeNames: {
          '#status': 'status',
          ...Object.fromEntries(fields.map(([name]) => [`#${name}`, name])),
        },
        ExpressionAttributeValues: toItem({
          ':importing': 'IMPORTING',
          ':waiting': 'WAITING',
          ...Object.fromEntries(fields.map(([name, value]) => [`:${name}`, value])),
        }),
      });
    },

    /** Ends an import, once. */
    endUpload(upload: Upload, ended: Pick<Upload, 'status' | 'bytes' | 'entries' | 'result' | 'problem'>) {
      return store.update(keys.upload(upload.tenant, upload.id), {
        UpdateExpression: 'SET #status = :status, #bytes = :bytes, #entries = :entries, #outcome = :outcome',
        ConditionExpression: '#status = :importing',
        ExpressionAttributeNames: {
          '#status': 'status',
          '#bytes': 'bytes',
          '#entries': 'entries',
          '#outcome': ended.problem === undefined ? 'result' : 'problem',
        },
        ExpressionAttributeValues: toItem({
          ':status': ended.status,
          ':importing': 'IMPORTING',
          ':bytes': ended.bytes,
          ':entries': ended.entries,
          ':outcome': ended.problem ?? ended.result ?? '{}',
        }),
      });
    },
  };
}

function uploadFromPlain(plain: Plain): Upload {
  const { pk: _pk, sk: _sk, kind: _kind, ...upload } = plain;
  return { ...(upload as unknown as Upload), bytes: Number(plain.bytes), entries: Number(plain.entries) };
}
