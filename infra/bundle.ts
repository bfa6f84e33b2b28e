import { readFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { ServiceDescription } from '../shared/service/description.ts';
import { type Entry, entriesOf } from './cloud/entries.ts';
import { withoutDescriptions } from './without-descriptions.ts';

/** The file name of a function's code inside its directory; Lambda finds the handler at `index.handler`. */
export const bundleFile = 'index.mjs';

const projectRoot = resolve(import.meta.dirname, '..');

/**
 * Some packages are CommonJS inside and ask for Node's own modules with `require`, which an ES module does not have.
 */
const requireBanner =
  "import { createRequire as __createRequire } from 'node:module'; const require = __createRequire(import.meta.url);";

/**
 * Where the SDK looks for credentials after the environment. Lambda always puts a role's credentials there, so these are
 * never loaded; left out, a function is a fifth smaller and starts sooner. (SnapStart would need the `http` one.) Nor are
 * streams of events ever loaded: no call of DynamoDB or EventBridge has one.
 */
const unreachedPackages = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/core/event-streams',
  '@smithy/credential-provider-imds',
];

/** Whether it is of the one capability that tells of the others. */
const isReference = ({ service }: Entry) => service === 'reference';

/**
 * What the reference alone reads of contracts: their examples, what they say of themselves, and how zod writes a schema as JSON
 * Schema. Other functions are without; to check a request calls nothing of it.
 */
const withoutReference: Plugin = {
  name: 'without-reference',
  setup: ({ onLoad }) => {
    const filter = /[/\\-]examples\.ts$|[/\\]zod[/\\]v4[/\\]core[/\\](json-schema-processors|to-json-schema)\.js$/;
    onLoad({ filter }, () => ({ contents: '', loader: 'empty' }));
    const described = /[/\\](functions|shared)[/\\].*(contract|routes|shapes|schemas)[^/\\]*\.ts$/;
    onLoad({ filter: described }, async ({ path }) => ({
      contents: withoutDescriptions(await readFile(path, 'utf8')),
      loader: 'ts',
    }));
  },
};

/** Of what its package says of itself a client of the SDK reads the version alone. */
const packageVersions: Plugin = {
  name: 'package-versions',
  setup: ({ onLoad }) =>
    onLoad({ filter: /@aws-sdk[/\\]client-[^/\\]+[/\\]package\.json$/ }, async ({ path }) => {
      const { version } = JSON.parse(await readFile(path, 'utf8'));
      return { contents: JSON.stringify({ version }), loader: 'json' };
    }),
};

export interface Bundle extends Entry {
  /** Holds the code, and beside it the source map, which is not deployed. */
  readonly directory: string;
  /** Size of the code, minified, before zip. */
  readonly bytes: number;
}

export interface BundleSettings {
  /** The folder that holds `functions/`; the project unless told. */
  readonly root?: string;
  /** Where bundles go: `<outdir>/<service>/<entry>/index.mjs`; `cdk.out/functions` unless told. */
  readonly outdir?: string;
}

/**
 * Bundles every function that the descriptions name (and the authorizer), each with all it needs. The AWS SDK goes in
 * too: read from one small file it starts faster than the runtime's own copy, and the version is the one that was tested.
 *
 * @throws what esbuild throws when a function's file is not there or does not build.
 */
export async function bundleFunctions(
  services: readonly ServiceDescription[],
  { root = projectRoot, outdir = join(root, 'cdk.out', 'functions') }: BundleSettings = {},
): Promise<readonly Bundle[]> {
  const entries = entriesOf(services);
  const [told, others] = await Promise.all([
    buildAll(entries.filter(isReference), { root, outdir }),
    buildAll(
      entries.filter((entry) => !isReference(entry)),
      { root, outdir },
      [withoutReference],
    ),
  ]);
  const outputs = { ...told.outputs, ...others.outputs };
  return entries.map((entry) => toBundle(entry, outputs, { root, outdir }));
}

async function buildAll(
  entries: readonly Entry[],
  { root, outdir }: Required<BundleSettings>,
  plugins: Plugin[] = [],
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map(({ service, entry }) => ({
      in: `functions/${service}/${entry}.ts`,
      out: join(service, entry, 'index'),
    })),
    outdir,
    bundle: true,
    external: unreachedPackages,
    plugins: [packageVersions, ...plugins],
    format: 'esm',
    platform: 'node',
    target: 'node24',
    // Chinese as it is: escaped, each character takes six bytes in place of three.
    charset: 'utf8',
    outExtension: { '.js': '.mjs' },
    mainFields: ['module', 'main'],
    minify: true,
    sourcemap: 'external',
    legalComments: 'none',
    banner: { js: requireBanner },
    metafile: true,
    logLevel: 'silent',
  });
  return metafile;
}

function toBundle(
  { service, entry }: Entry,
  outputs: Metafile['outputs'],
  { root, outdir }: Required<BundleSettings>,
): Bundle {
  const file = join(outdir, service, entry, bundleFile);
  const output = Object.entries(outputs).find(([path]) => resolve(root, path) === file);
  if (!output) throw new Error(`No bundle was made for functions/${service}/${entry}.ts`);
  return { service, entry, directory: dirname(file), bytes: output[1].bytes };
}
