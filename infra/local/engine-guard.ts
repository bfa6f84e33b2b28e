/**
 * Runs a DynamoDB engine and ends it when our parent is gone, however it went: the parent holds the other end of our
 * standard input, and the kernel closes that even on SIGKILL.
 *
 * Arguments: the file that is locked as long as the engine runs ('' for none), a folder that goes with the engine ('' for
 * none), the engine's working directory, its command and arguments. The lock makes a system that is restarted at once wait
 * for the engine of the one before.
 */
import { spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { DatabaseSync } from 'node:sqlite';

const LOCK_WAIT_MS = 15_000;
const GRACE_MS = 3_000;
const OUTPUT_TAIL_CHARACTERS = 4_000;

const [lockFile = '', scratch = '', workingDirectory = '.', command = '', ...args] = process.argv.slice(2);

// An interrupt typed in a terminal reaches the whole group; the parent decides when the engine may go.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

const lock = lockFile ? takeLock(lockFile) : undefined;
const engine = spawn(command, args, {
  cwd: workingDirectory,
  stdio: ['ignore', 'pipe', 'pipe'],
  detached: true,
});
let tail = '';
for (const stream of [engine.stdout, engine.stderr]) {
  stream.on('data', (chunk: Buffer) => {
    tail = (tail + chunk.toString()).slice(-OUTPUT_TAIL_CHARACTERS);
  });
}
let parentGone = false;
process.stdin.on('end', endEngine).on('error', endEngine).resume();
engine.on('error', (error) => finish(error.message, 1));
engine.on('exit', (code, signal) => finish(tail || `the engine ended by itself (${signal ?? code})`, 1));

function endEngine(): void {
  if (parentGone) return;
  parentGone = true;
  engine.kill('SIGTERM');
  setTimeout(() => engine.kill('SIGKILL'), GRACE_MS).unref();
}

function finish(text: string, code: number): void {
  lock?.close();
  if (scratch) rmSync(scratch, { recursive: true, force: true });
  if (parentGone) process.exit(0);
  process.stderr.write(text, () => process.exit(code));
}

function takeLock(file: string): DatabaseSync {
  const database = new DatabaseSync(file, { timeout: LOCK_WAIT_MS });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch {
    process.stderr.write('another system is running on this directory', () => process.exit(1));
  }
  return database;
}
