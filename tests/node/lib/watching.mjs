// Runs again whenever a file changes: each time as a new process, because a module is imported only once in a process.

import { spawn } from 'node:child_process';
import { watch, watchFile } from 'node:fs';
import { dirname, join } from 'node:path';

/** Editors write a file in several steps; so long after the last one, they are done. */
const QUIET_MS = 100;
/** How often the package is looked at, which is removed and written anew by a build. */
const INTERVAL_MS = 500;

/** Runs the program with the arguments, and again after each change of the files or of the package; never returns. */
export function runAgain(program, args, { files, entry }) {
  const folders = new Set(files.map(dirname));
  let running;
  let asked = false;
  let timer;

  const run = () => {
    if (running) {
      asked = true;
      return;
    }
    running = spawn(process.execPath, [program, ...args], { stdio: 'inherit' });
    running.on('exit', () => {
      running = undefined;
      process.stdout.write(`Waiting for changes in ${folders.size} ${folders.size === 1 ? 'folder' : 'folders'} and in the package; Ctrl-C stops.\n`);
      if (!asked) return;
      asked = false;
      run();
    });
  };
  const changed = () => {
    clearTimeout(timer);
    timer = setTimeout(run, QUIET_MS);
  };

  for (const folder of folders) watch(folder, (_, name) => (name === null || name.endsWith('.json')) && changed());
  // A build writes this file last.
  watchFile(join(dirname(entry), 'package.json'), { interval: INTERVAL_MS }, ({ mtimeMs }) => mtimeMs > 0 && changed());
  run();
  return new Promise(() => {});
}
