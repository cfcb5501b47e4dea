// Runs the code of Decap CMS and Sveltia CMS that reads and writes files:
//
//   node editors.mjs check CONFIG          the configuration is one that both accept
//   node editors.mjs decap|sveltia FILE…   save each file as the editor does, without a change
//   node editors.mjs decap|sveltia --new FILE < ENTRY.json   save a new entry
//
// Neither offers it as a library, so it is bundled from the published sources: Decap's from
// its modules, Sveltia's from its source map. What these import from the rest of the editor
// (the page, the registry of widgets, the sign-in) is replaced by what a collection with
// "format: frontmatter" has there.
import { createRequire } from 'node:module';
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import esbuild from 'esbuild';
import { parse } from 'yaml';

const here = dirname(fileURLToPath(import.meta.url));
const require = createRequire(import.meta.url);

// bundle returns the exports of a module, whose imports find may replace.
function bundle(name, entry, find) {
  const plugin = {
    name: 'parts of an editor',
    setup(build) {
      build.onResolve({ filter: /.*/ }, ({ path, importer }) => {
        const contents = find(path);
        if (contents !== undefined) return { path, namespace: 'part' };
        // A part of the source map has no folder: its libraries are those of this one.
        return importer && !/^[./]/.test(path) && dirname(importer) === '.' ? { path: require.resolve(path) } : undefined;
      });
      build.onLoad({ filter: /.*/, namespace: 'part' }, ({ path }) => ({ contents: find(path), resolveDir: here }));
    },
  };
  const outfile = join(here, `${name}.cjs`);
  return esbuild
    .build({ entryPoints: [entry], bundle: true, platform: 'node', format: 'cjs', outfile, plugins: [plugin], logLevel: 'error' })
    .then(() => require(outfile));
}

const core = join(here, 'node_modules/decap-cms-core/dist/esm');

async function decap() {
  const { FrontmatterInfer } = await bundle('decap', join(core, 'formats/frontmatter.js'), () => undefined);
  return {
    read: (text) => FrontmatterInfer.fromFile(text),
    write: (entry) => FrontmatterInfer.toFile(entry),
  };
}

async function sveltia() {
  const map = JSON.parse(readFileSync(join(here, 'node_modules/@sveltia/cms/dist/sveltia-cms.mjs.map')));
  const source = (end) => map.sourcesContent[map.sources.findIndex((s) => s.endsWith(end))];
  const delimiters = `{ 'yaml-frontmatter': ['---', '---'], 'toml-frontmatter': ['+++', '+++'], 'json-frontmatter': ['{', '}'] }`;
  const parts = {
    both: `export { formatFrontMatter } from 'format'; export { parseFrontMatter, detectFrontMatterFormat } from 'parse';`,
    format: source('lib/services/contents/file/format.js'),
    parse: source('lib/services/contents/file/parse.js'),
    '$lib/services/api/registries': 'export const customFileFormatRegistry = new Map();',
    '$lib/services/config': 'export const cmsConfig = { current: {} };',
    '$lib/services/contents/file': `export const FRONTMATTER_FORMATS = Object.keys(${delimiters});`,
    '$lib/services/contents/file/config': `export const resolveFileConfig = () => ({ format: 'frontmatter' });
      export const getFrontMatterDelimiters = ({ format }) => (${delimiters})[format];`,
    '$lib/services/contents/collection': 'export const getCollection = () => undefined;',
    '$lib/services/contents/collection/files': 'export const getCollectionFile = () => undefined;',
    '$lib/services/contents/collection/entries/index-file': 'export const isCollectionIndexFilePath = () => false;',
    '$lib/services/utils/cache': `export const getOrCreate = (map, key, make) => {
      if (!map.has(key)) map.set(key, make());
      return map.get(key);
    };`,
    '@sveltia/utils/object': 'export const toRaw = (value) => JSON.parse(JSON.stringify(value));',
    '@sveltia/utils/string': `export const escapeRegExp = (text) => text.replace(/[.*+?^$\{}()|[\\]\\\\]/g, '\\\\$&');`,
  };
  const { parseFrontMatter, detectFrontMatterFormat, formatFrontMatter } = await bundle('sveltia', 'both', (path) => parts[path]);
  return {
    read: (text) => parseFrontMatter({ format: detectFrontMatterFormat(text), text }),
    write: (content) => formatFrontMatter({ content, _file: { format: 'frontmatter' } }),
  };
}

async function check(file) {
  const config = parse(readFileSync(file, 'utf8'));
  const { default: Ajv } = await import('ajv');
  const { default: formats } = await import('ajv-formats');
  const ajv = new Ajv({ strict: false, allErrors: true });
  formats(ajv);
  const valid = ajv.compile(JSON.parse(readFileSync(join(here, 'node_modules/@sveltia/cms/schema/sveltia-cms.json'))));
  // local_backend is Decap's, and ignored.
  const { local_backend: _, ...own } = config;
  if (!valid(own)) throw new Error(`Sveltia CMS: ${JSON.stringify(valid.errors.slice(0, 5), null, 1)}`);
  globalThis.crypto ??= (await import('node:crypto')).webcrypto;
  const parts = {
    '../lib/registry': `export const getWidgets = () => [{ name: 'string', schema: {} }];
      export const getCustomFormatsExtensions = () => ({}), getCustomFormatsFormatters = () => ({});`,
    '../lib/i18n': `export const I18N_STRUCTURE = { file: 'single_file' }, I18N_FIELD = { yes: 'translate' };`,
  };
  const { validateConfig } = await bundle('decap-config', join(core, 'constants/configSchema.js'), (path) => parts[path]);
  validateConfig(config);
}

const [how, ...files] = process.argv.slice(2);
if (how === 'check') {
  await check(files[0]);
} else {
  const editor = await { decap, sveltia }[how]();
  if (files[0] === '--new') {
    writeFileSync(files[1], editor.write(JSON.parse(readFileSync(0, 'utf8'))));
  } else {
    for (const file of files) writeFileSync(file, editor.write(editor.read(readFileSync(file, 'utf8'))));
  }
}
