// publint: whether the manifest and the files are what the tools of the ecosystem expect.

import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

export default async function (project) {
  const pkgDir = `${project.folder}/node_modules/@ekuaiji/preflight`;
  const { messages, pkg } = await publint({ pkgDir, pack: false, strict: true });
  if (messages.length) throw new Error(messages.map((message) => formatMessage(message, pkg)).join('\n'));
}
