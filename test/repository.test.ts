import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { SETTINGS } from '../src/config.ts';

type Package = {
  license: string;
  scripts: Record<string, string>;
  dependencies: Record<string, string>;
  devDependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
};
type Locked = {
  optionalDependencies?: Record<string, string>;
  version?: string;
  resolved?: string;
  integrity?: string;
  hasInstallScript?: boolean;
  os?: string;
};

const manifest: Package = JSON.parse(readFileSync('package.json', 'utf8'));
const lockText = readFileSync('package-lock.json', 'utf8');
const locked: [string, Locked][] = Object.entries(
  JSON.parse(lockText).packages as Record<string, Locked>,
).filter(([path]) => path !== '');
const dependencies = {
  ...manifest.dependencies,
  ...manifest.devDependencies,
  ...manifest.optionalDependencies,
};

/** Packages that may run something while they are installed, each with its reason. None needs to. */
const MAY_RUN_AT_INSTALL: readonly string[] = [
  // Looks which Node.js it is installed with.
  '@whiskeysockets/baileys',
  // Prints a line about version numbers.
  'protobufjs',
];

/** Tracked files and new ones that are not ignored. */
const files = execFileSync('git', ['ls-files', '--cached', '--others', '--exclude-standard'], {
  encoding: 'utf8',
})
  .split('\n')
  .filter((path) => path !== '' && existsSync(path));
const textFiles = files.filter((path) => !/\.(?:png|ico|woff2?)$/.test(path));
const read = (path: string): string => readFileSync(path, 'utf8');

describe('what is installed', () => {
  it('S41 is named by exact versions', () => {
    for (const [name, version] of Object.entries(dependencies))
      expect(version, name).toMatch(/^\d+\.\d+\.\d+(-[\w.]+)?$/);
  });

  it('S42 is locked by hash and comes from the registry, from no repository and no address', () => {
    expect(lockText).not.toMatch(/git\+|github:|"file:|\.tgz/);
    for (const [path, { integrity, resolved }] of locked) {
      expect(integrity, path).toMatch(/^sha512-/);
      expect(resolved, path).toBeUndefined();
    }
  });

  it('is locked for every platform, also those this lock file was not made on', () => {
    const paths = new Set(locked.map(([path]) => path));
    const missing = locked.flatMap(([path, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !paths.has(`node_modules/${name}`) && !paths.has(`${path}/node_modules/${name}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('is used: every package is imported somewhere or has a file that is read, but for the tools and the runtime', () => {
    const tools = ['typescript', '@types/node', '@types/ws', '@biomejs/biome'];
    const code = files.filter((path) => path.endsWith('.ts')).map(read);
    const isImported = (name: string): boolean =>
      code.some((text) =>
        [`from '${name}'`, `from '${name}/`, `resolve('${name}/`].some((use) => text.includes(use)),
      );
    const unused = Object.keys(dependencies).filter(
      (name) => !tools.includes(name) && !name.startsWith('node-'),
    );
    expect(unused.filter((name) => !isImported(name))).toEqual([]);
  });

  it('S41 runs nothing while it is installed', () => {
    expect(read('.npmrc')).toMatch(/^ignore-scripts=true$/m);
    const scripted = locked.filter(
      ([path, { hasInstallScript }]) => hasInstallScript === true || runsAtInstall(path),
    );
    const names = scripted.map(([path]) => path.replace(/^.*node_modules\//, ''));
    expect(names.filter((name) => !MAY_RUN_AT_INSTALL.includes(name))).toEqual([]);
  });

  it('S47 brings the runtime for every platform, all of one version, and it is what runs here', () => {
    const platforms = ['linux-x64', 'linux-arm64', 'darwin-x64', 'darwin-arm64', 'win-x64'];
    const runtimes = Object.entries(manifest.optionalDependencies).filter(([name]) =>
      name.startsWith('node-'),
    );
    expect(runtimes.map(([name]) => name.replace(/^node-(bin-)?/, '')).sort()).toEqual(platforms.sort());
    expect(new Set(runtimes.map(([, version]) => version)).size).toBe(1);
    for (const [name, version] of runtimes) {
      const [, entry] = locked.find(([path]) => path === `node_modules/${name}`) ?? [];
      expect(entry, name).toMatchObject({
        version,
        optional: true,
        os: expect.any(String),
        cpu: expect.any(String),
      });
    }
    if (platforms.includes(`${process.platform.replace('win32', 'win')}-${process.arch}`)) {
      expect(process.versions.node).toBe(runtimes[0]![1]);
    }
  });
});

function runsAtInstall(path: string): boolean {
  if (!existsSync(join(path, 'package.json'))) return false;
  const scripts = (JSON.parse(read(join(path, 'package.json'))) as Partial<Package>).scripts ?? {};
  return (
    ['preinstall', 'install', 'postinstall'].some((name) => name in scripts) ||
    existsSync(join(path, 'binding.gyp'))
  );
}

describe('what is written down', () => {
  // In pieces, so that this very file does not hold them.
  const placeOfSomebody = new RegExp(
    ['/wo' + 'rk/', '/ro' + 'ot/', '/ho' + 'me/\\w', '/Us' + 'ers/\\w'].join('|'),
  );
  const privateHost = new RegExp(
    ['\\w\\.inte' + 'rnal\\b', '\\w\\.co' + 'rp\\b', '\\w\\.l' + 'an\\b', 'regis' + 'try\\.npm'].join('|'),
  );

  it('names no folder of anybody and no private host', () => {
    for (const path of textFiles) {
      expect(read(path).match(placeOfSomebody)?.[0], path).toBeUndefined();
      expect(read(path).match(privateHost)?.[0], path).toBeUndefined();
    }
  });

  it('S31 holds no bot token that could be a real one', () => {
    // A made-up token in a test says so by its number.
    for (const path of textFiles) {
      for (const [token] of read(path).matchAll(/\b\d{8,10}:AA[\w-]{33}\b/g))
        expect(token, path).toMatch(/^123456/);
    }
  });

  it('refers only to pages that are there', () => {
    for (const path of files.filter((name) => name.endsWith('.md'))) {
      for (const [, target] of read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)\s#]+)/g)) {
        expect(existsSync(join(dirname(path), target!)), `${path} → ${target}`).toBe(true);
      }
    }
    const names = new Set(files.map((path) => path.split('/').at(-1)));
    for (const path of files.filter((name) => /\.(?:ts|yaml)$/.test(name))) {
      for (const [name] of read(path).matchAll(/\b[\w.-]+\.md\b/g))
        expect(names.has(name), `${path} → ${name}`).toBe(true);
    }
  });

  it('is free software: GPL-3.0-or-later', () => {
    expect(manifest.license).toBe('GPL-3.0-or-later');
    expect(read('LICENSE')).toMatch(/^\s*GNU GENERAL PUBLIC LICENSE\s+Version 3, 29 June 2007/);
    expect(read('LICENSE')).toContain('END OF TERMS AND CONDITIONS');
    expect(read('README.md')).toContain('GPL-3.0-or-later');
  });

  it('explains every id that stands in front of a test, and names no id that is not tested', () => {
    // Names of tests begin with their ids, also those in tables; some end with one in brackets.
    const tested = files
      .filter((path) => path.startsWith('test/') && path.endsWith('.ts'))
      .flatMap((path) => [...read(path).matchAll(/['"`]((?:[FSP]\d\d[ ,]+)+)|\([FSP]\d\d\)'/g)])
      .flatMap(([ids]) => ids.match(/[FSP]\d\d/g) ?? []);
    const explained = [...read('docs/faults.md').matchAll(/^\| ([FSP]\d\d) \|/gm)].map((match) => match[1]!);
    expect(explained.sort()).toEqual([...new Set(tested)].sort());
    for (const path of files.filter((name) => name.startsWith('src/'))) {
      for (const [id] of read(path).matchAll(/\b[FSP]\d\d\b/g)) expect(explained, path).toContain(id);
    }
  });

  it('says what changed and what is about to', () => {
    expect(read('CHANGELOG.md')).toMatch(/^## Unreleased$/m);
  });

  for (const name of readdirSync('docs/decisions')
    .filter((file) => file.endsWith('.md'))
    .sort()) {
    it(`docs/decisions/${name} has its four parts on one page`, () => {
      const page = read(`docs/decisions/${name}`);
      expect([...page.matchAll(/^## (.+)$/gm)].map((match) => match[1])).toEqual([
        'Context',
        'Decision',
        'Status',
        'Consequences',
      ]);
      expect(page.split('\n').length).toBeLessThan(70);
    });
  }
});

describe('README.md', () => {
  const readme = read('README.md');

  it('gives each script a word', () => {
    for (const script of Object.keys(manifest.scripts)) {
      const command = ['start', 'test'].includes(script) ? `npm ${script}` : `npm run (--silent )?${script}`;
      expect(readme, script).toMatch(new RegExp(`\`${command}\\b`));
    }
  });

  it('gives each package one line that says what it is for, and no other', () => {
    const section = readme.split(/^## /m).find((part) => part.startsWith('What it is built with')) ?? '';
    const named = [...section.matchAll(/^- `([^`]+)`(?:, `([^`]+)`)*.*: .{12,}$/gm)].flatMap(([line]) =>
      [...line.slice(0, line.indexOf(':')).matchAll(/`([^`]+)`/g)].map((match) => match[1]!),
    );
    const wanted = Object.keys(dependencies).map((name) => (name.startsWith('node-') ? 'node-*' : name));
    expect(named.sort()).toEqual([...new Set(wanted)].sort());
  });

  for (const path of ['README.md', 'README.id.md']) {
    it(`${path} lists every setting, and none that does not exist`, () => {
      const listed = [...read(path).matchAll(/^\| `([A-Z_]+)` \|/gm)].map((match) => match[1]!);
      expect(listed.sort()).toEqual([...SETTINGS].sort());
    });
  }
});
