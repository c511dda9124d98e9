// The one command that starts a computer which keeps pieces day and night.

const FOLDER = './ferry-pieces';
const SPACE_GB = 50;

export function nodeCommand(origin: string, token: string): string {
  return `npm run node -- --url ${origin} --token ${token} --folder ${FOLDER} --space ${SPACE_GB}`;
}
