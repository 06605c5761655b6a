// Writes docs/differences.md from recordings/differences.json.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { format, resolveConfig } from 'prettier';
import { root } from '../lib/run.mjs';
import { differencesPage } from './differences-page.mjs';
import { readDifferences } from './recordings.mjs';

const file = join(root, 'docs/differences.md');
const options = await resolveConfig(file);
writeFileSync(file, await format(differencesPage(readDifferences()), { ...options, filepath: file }));
