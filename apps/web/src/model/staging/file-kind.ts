// What sort of file it is, for its icon. Guessed from type and name; decides nothing else.
export type FileKind = 'image' | 'video' | 'audio' | 'text' | 'archive' | 'sheet' | 'code' | 'other';

const BY_EXTENSION: [FileKind, RegExp][] = [
  ['archive', /\.(zip|tar|gz|tgz|bz2|xz|zst|7z|rar|iso|dmg)$/i],
  ['sheet', /\.(xlsx?|ods|csv|tsv|numbers)$/i],
  ['text', /\.(pdf|docx?|odt|rtf|txt|md|pages|pptx?|odp|key)$/i],
  ['code', /\.(ts|js|mjs|tsx|vue|py|rs|go|java|c|h|cpp|cs|rb|sh|json|ya?ml|toml|xml|html|css|sql)$/i],
  ['image', /\.(png|jpe?g|gif|webp|avif|svg|heic|tiff?|bmp|psd|raw)$/i],
  ['video', /\.(mp4|mov|mkv|webm|avi|m4v)$/i],
  ['audio', /\.(mp3|wav|flac|ogg|m4a|aac|opus)$/i],
];

export function fileKind(name: string, mediaType = ''): FileKind {
  const known = BY_EXTENSION.find(([, pattern]) => pattern.test(name))?.[0];
  if (known) return known;
  const [general] = mediaType.split('/');
  return general === 'image' || general === 'video' || general === 'audio' || general === 'text' ? general : 'other';
}
