import { globSync, readFileSync } from 'node:fs';
import { join, posix } from 'node:path';
import { type Import, readImports, withoutComments } from './read-imports.ts';

export const projectRoot = join(import.meta.dirname, '../..');

/** A source file of the project, by its path from the root. */
export interface SourceFile {
  readonly path: string;
  readonly lines: number;
  /** Without comments. */
  readonly code: string;
  readonly imports: readonly ResolvedImport[];
}

export interface ResolvedImport extends Import {
  /** Path from the root of what a relative import names; undefined for a package or a Node module. */
  readonly target?: string;
}

/** All TypeScript of the project. */
export function readProject(): SourceFile[] {
  return globSync('{infra,functions,shared,test}/**/*.ts', { cwd: projectRoot }).sort().map(readFile);
}

function readFile(path: string): SourceFile {
  const source = readFileSync(join(projectRoot, path), 'utf8');
  const lines = source.trimEnd().split('\n').length;
  return {
    path,
    lines,
    code: withoutComments(source),
    imports: readImports(source).map((found) => resolve(path, found)),
  };
}

export function resolve(path: string, found: Import): ResolvedImport {
  if (!found.specifier.startsWith('.')) return found;
  return { ...found, target: posix.join(posix.dirname(path), found.specifier) };
}
