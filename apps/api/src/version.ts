// Which Ferry this is, as its package says. Knows nothing else.
import packageJson from '../package.json' with { type: 'json' };

export const VERSION: string = packageJson.version;
