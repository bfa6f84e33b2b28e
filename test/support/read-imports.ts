/** One import or re-export of a source file. */
export interface Import {
  /** As written: './money.ts', 'zod', 'node:fs'. */
  readonly specifier: string;
  /** What stands between `import` and `from`; '' for a bare or dynamic import. */
  readonly clause: string;
  /** Vanishes when types are stripped. */
  readonly typeOnly: boolean;
  readonly dynamic: boolean;
}

const statement = /^\s*(?:import|export)\s+(?<type>type\s+)?(?<clause>[^;'"]*?)\s*from\s*(['"])(?<from>[^'"]+)\3/gm;
const bare = /^\s*import\s*(['"])(?<from>[^'"]+)\1/gm;
const dynamic = /\bimport\s*\(\s*(['"])(?<from>[^'"]+)\1\s*[,)]/g;

/** The imports of a TypeScript source, found in its text with the comments taken out. */
export function readImports(source: string): Import[] {
  const text = withoutComments(source);
  return [
    ...[...text.matchAll(statement)].map(({ groups = {} }) => {
      const { type, clause = '', from = '' } = groups;
      return { specifier: from, clause, typeOnly: type !== undefined, dynamic: false };
    }),
    ...[...text.matchAll(bare)].map(({ groups = {} }) => importOf(groups.from, false)),
    ...[...text.matchAll(dynamic)].map(({ groups = {} }) => importOf(groups.from, true)),
  ];
}

/** The source without comments. Strings are matched first, so that `//` in a URL is no comment. */
export function withoutComments(source: string): string {
  const tokens = /'(?:\\.|[^'\\\n])*'|"(?:\\.|[^"\\\n])*"|`(?:\\.|[^`\\])*`|\/\*[\s\S]*?\*\/|\/\/[^\n]*/g;
  return source.replace(tokens, (token) => (token.startsWith('/') ? ' ' : token));
}

function importOf(specifier = '', isDynamic: boolean): Import {
  return { specifier, clause: '', typeOnly: false, dynamic: isDynamic };
}
