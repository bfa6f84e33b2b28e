import { createHash, randomUUID } from 'node:crypto';
import { createReadStream, createWriteStream, mkdirSync, type ReadStream, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HostState, Row } from './host-state.ts';

export interface StoredObject {
  readonly key: string;
  readonly bytes: number;
  readonly etag: string;
  readonly contentType: string;
  readonly modified: Date;
}

/**
 * Objects in buckets, as files. An object is there when its row is: a file is written whole under a name of its own
 * before the row points to it, so a reader never sees half an object and a crash leaves the old one.
 */
export class ObjectFiles {
  private readonly state: HostState;
  private readonly folder: string;

  constructor(state: HostState, folder: string) {
    this.state = state;
    this.folder = folder;
    mkdirSync(folder, { recursive: true });
    this.sweep();
  }

  /** Stores the bytes and, in the same step, does what `stored` does: both or neither. */
  async put(
    place: { readonly bucket: string; readonly key: string; readonly contentType: string },
    bytes: Readable,
    modified: Date,
    stored: (object: StoredObject) => void,
  ): Promise<StoredObject> {
    const file = randomUUID();
    const digest = createHash('md5');
    let count = 0;
    const meter = new Transform({
      transform(chunk: Buffer, _encoding, done) {
        digest.update(chunk);
        count += chunk.length;
        done(null, chunk);
      },
    });
    try {
      await pipeline(bytes, meter, createWriteStream(this.path(file), { flush: true }));
    } catch (error) {
      rmSync(this.path(file), { force: true });
      throw error;
    }
    const object = {
      key: place.key,
      bytes: count,
      etag: digest.digest('hex'),
      contentType: place.contentType,
      modified,
    };
    const before = this.row(place.bucket, place.key);
    this.state.transaction(() => {
      this.save(place.bucket, file, object);
      stored(object);
    });
    this.drop(before);
    return object;
  }

  find(bucket: string, key: string): StoredObject | undefined {
    const row = this.row(bucket, key);
    return (
      row && {
        key,
        bytes: Number(row.bytes),
        etag: String(row.etag),
        contentType: String(row.content_type),
        modified: new Date(String(row.modified)),
      }
    );
  }

  /** The bytes from `start` to `end`, both included. The object must be there. */
  read(bucket: string, key: string, start: number, end: number): ReadStream {
    return createReadStream(this.path(String(this.row(bucket, key)?.file)), { start, end });
  }

  remove(bucket: string, key: string): void {
    const row = this.row(bucket, key);
    this.state.run('DELETE FROM objects WHERE bucket = ? AND key = ?', bucket, key);
    this.drop(row);
  }

  private save(bucket: string, file: string, { key, bytes, etag, contentType, modified }: StoredObject): void {
    const sql = 'INSERT OR REPLACE INTO objects VALUES (?, ?, ?, ?, ?, ?, ?)';
    this.state.run(sql, bucket, key, file, bytes, etag, contentType, modified.toISOString());
  }

  private row(bucket: string, key: string): Row | undefined {
    return this.state.first('SELECT * FROM objects WHERE bucket = ? AND key = ?', bucket, key);
  }

  private drop(row: Row | undefined): void {
    if (row) rmSync(this.path(String(row.file)), { force: true });
  }

  /** Removes what a crash left: files that no row points to. */
  private sweep(): void {
    const kept = new Set(this.state.all('SELECT file FROM objects').map(({ file }) => file));
    for (const file of readdirSync(this.folder)) if (!kept.has(file)) rmSync(this.path(file), { force: true });
  }

  private path(file: string): string {
    return join(this.folder, file);
  }
}
