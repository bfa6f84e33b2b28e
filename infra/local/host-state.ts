import { DatabaseSync, type SQLInputValue, type StatementSync } from 'node:sqlite';

/** Milliseconds to wait for a system that is just ending on the same directory. */
const BUSY_TIMEOUT_MS = 3_000;

const schema = `
  CREATE TABLE IF NOT EXISTS settings (name TEXT PRIMARY KEY, value TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS stream_positions (
    consumer TEXT, shard TEXT, sequence_number TEXT NOT NULL, finished INTEGER NOT NULL, PRIMARY KEY (consumer, shard));
  CREATE TABLE IF NOT EXISTS stream_windows (
    consumer TEXT, shard TEXT, start_ms INTEGER NOT NULL, state TEXT NOT NULL, PRIMARY KEY (consumer, shard));
  CREATE TABLE IF NOT EXISTS messages (
    id INTEGER PRIMARY KEY AUTOINCREMENT, queue TEXT NOT NULL, message_id TEXT NOT NULL, body TEXT NOT NULL,
    sent_ms INTEGER NOT NULL, first_received_ms INTEGER, receive_count INTEGER NOT NULL DEFAULT 0,
    visible_ms INTEGER NOT NULL DEFAULT 0);
  CREATE INDEX IF NOT EXISTS messages_by_queue ON messages (queue, visible_ms, id);
  CREATE TABLE IF NOT EXISTS dead_letters (
    id INTEGER PRIMARY KEY AUTOINCREMENT, source TEXT NOT NULL, reason TEXT NOT NULL, body TEXT NOT NULL, at TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS schedule_runs (schedule TEXT PRIMARY KEY, last_ms INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS events (position INTEGER PRIMARY KEY AUTOINCREMENT, type TEXT NOT NULL, envelope TEXT NOT NULL);
  CREATE TABLE IF NOT EXISTS objects (
    bucket TEXT, key TEXT, file TEXT NOT NULL, bytes INTEGER NOT NULL, etag TEXT NOT NULL, content_type TEXT NOT NULL,
    modified TEXT NOT NULL, PRIMARY KEY (bucket, key));
`;

export type Row = Readonly<Record<string, string | number | null>>;

export interface DeadLetter {
  readonly source: string;
  readonly reason: string;
  readonly body: string;
}

/**
 * What the host itself must not forget: how far each stream is read, what lies in queues, the clock, the keys. One SQLite
 * file (or memory), held by one system at a time. A change is durable when the call returns, also through kill -9.
 */
export class HostState {
  private readonly database: DatabaseSync;
  private readonly statements = new Map<string, StatementSync>();
  private depth = 0;

  /** @throws Error when another system holds the file. */
  constructor(file: string) {
    this.database = new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS });
    try {
      this.database.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL');
      this.database.exec(schema);
    } catch (cause) {
      throw new Error(`${file} is held by another system that runs on the same directory.`, { cause });
    }
  }

  run(sql: string, ...values: SQLInputValue[]): void {
    this.prepare(sql).run(...values);
  }

  all(sql: string, ...values: SQLInputValue[]): Row[] {
    return this.prepare(sql).all(...values) as Row[];
  }

  first(sql: string, ...values: SQLInputValue[]): Row | undefined {
    return this.prepare(sql).get(...values) as Row | undefined;
  }

  count(sql: string, ...values: SQLInputValue[]): number {
    return Number(Object.values(this.first(sql, ...values) ?? {})[0] ?? 0);
  }

  /** All of it or nothing. Nested calls belong to the outermost. */
  transaction<T>(work: () => T): T {
    if (this.depth > 0) return work();
    this.database.exec('BEGIN IMMEDIATE');
    this.depth++;
    try {
      const result = work();
      this.database.exec('COMMIT');
      return result;
    } catch (error) {
      this.database.exec('ROLLBACK');
      throw error;
    } finally {
      this.depth--;
    }
  }

  setting(name: string): string | undefined {
    return this.first('SELECT value FROM settings WHERE name = ?', name)?.value?.toString();
  }

  setSetting(name: string, value: string): void {
    this.run('INSERT INTO settings VALUES (?, ?) ON CONFLICT DO UPDATE SET value = excluded.value', name, value);
  }

  /** The kept value; made and kept when there is none. */
  settingOr(name: string, make: () => string): string {
    const kept = this.setting(name);
    if (kept !== undefined) return kept;
    const made = make();
    this.setSetting(name, made);
    return made;
  }

  /** Puts aside what could not be handled, with why. */
  park({ source, reason, body }: DeadLetter, at: Date): void {
    const sql = 'INSERT INTO dead_letters (source, reason, body, at) VALUES (?, ?, ?, ?)';
    this.run(sql, source, reason, body, at.toISOString());
  }

  close(): void {
    this.statements.clear();
    this.database.close();
  }

  private prepare(sql: string): StatementSync {
    const known = this.statements.get(sql);
    if (known) return known;
    const statement = this.database.prepare(sql);
    this.statements.set(sql, statement);
    return statement;
  }
}
