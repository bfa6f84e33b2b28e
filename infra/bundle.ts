import { dirname, join, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import type { ServiceDescription } from '../shared/service/description.ts';
import { type Entry, entriesOf } from './cloud/entries.ts';

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
 * never loaded; left out, a function is a fifth smaller and starts sooner. (SnapStart would need the `http` one.)
 */
const unreachedPackages = [
  '@aws-sdk/credential-provider-http',
  '@aws-sdk/credential-provider-ini',
  '@aws-sdk/credential-provider-login',
  '@aws-sdk/credential-provider-process',
  '@aws-sdk/credential-provider-sso',
  '@aws-sdk/credential-provider-web-identity',
  '@smithy/credential-provider-imds',
];

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
  const isShowing = ({ service }: Entry) => service === showsExamples;
  const metafiles = await Promise.all([
    buildEntries(entries.filter(isShowing), { root, outdir }, []),
    buildEntries(
      entries.filter((entry) => !isShowing(entry)),
      { root, outdir },
      [withoutExamples],
    ),
  ]);
  const outputs = Object.assign({}, ...metafiles.map((metafile) => metafile.outputs)) as Metafile['outputs'];
  return entries.map((entry) => toBundle(entry, outputs, { root, outdir }));
}

/** The service that shows the examples of contracts. */
const showsExamples = 'reference';

/** Other functions read their contracts and never the examples in them, which are a fortieth of the largest. */
const withoutExamples: Plugin = {
  name: 'without-examples',
  setup: ({ onLoad }) =>
    onLoad({ filter: /-examples\.ts$/ }, () => ({ contents: 'module.exports = {};', loader: 'js' })),
};

async function buildEntries(
  entries: readonly Entry[],
  { root, outdir }: Required<BundleSettings>,
  plugins: Plugin[],
): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: entries.map(({ service, entry }) => ({
      in: `functions/${service}/${entry}.ts`,
      out: join(service, entry, 'index'),
    })),
    outdir,
    plugins,
    bundle: true,
    external: unreachedPackages,
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
