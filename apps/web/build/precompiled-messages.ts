// A Vite plugin: compiles the message files at build time, so that the page ships neither a message compiler
// nor anything that would need 'unsafe-eval'. Knows nothing of what the messages say.
import { baseCompile } from '@intlify/message-compiler';
import type { Plugin } from 'vite';

const MESSAGE_FILE = /\/src\/i18n\/locales\/[\w-]+\.ts$/;

type Messages = { [key: string]: string | Messages };

export function precompiledMessages(): Plugin {
  let revision = 0;
  return {
    name: 'ferry:precompiled-messages',
    async load(id) {
      if (!MESSAGE_FILE.test(id)) return null;
      // Node strips the types itself; the query defeats its module cache when the file changes in development.
      const module: { default: Messages } = await import(`${new URL(`file://${id}`).href}?${revision++}`);
      return `export default ${JSON.stringify(compiled(module.default))};`;
    },
  };
}

function compiled(messages: Messages): object {
  const entries = Object.entries(messages).map(([key, message]) => [
    key,
    typeof message === 'string' ? compiledMessage(key, message) : compiled(message),
  ]);
  return Object.fromEntries(entries);
}

/** Without a compiler the runtime shows a string as it stands: right for all that has nothing to fill in. */
const HAS_SYNTAX = /[{}|@]/;

function compiledMessage(key: string, message: string): object | string {
  if (!HAS_SYNTAX.test(message)) return message;
  const { ast } = baseCompile(message, {
    jit: true,
    minify: true,
    location: false,
    onError(error) {
      throw new Error(`Message "${key}": ${error.message}`);
    },
  });
  return ast;
}
