// What a file is for people, told from its name alone. Nobody looks into files here.
import type { CatalogKind } from '@ferry/shared';

/** As long as a filter for it may be. */
const EXTENSION_CHARACTERS = 16;

const EXTENSIONS: Record<Exclude<CatalogKind, 'folder' | 'other'>, string> = {
  document: 'doc docx docm dot dotx odt ott rtf txt md markdown pages tex wpd wps log epub mobi',
  spreadsheet: 'xls xlsx xlsm xlsb xlt xltx ods ots csv tsv numbers',
  presentation: 'ppt pptx pptm pps ppsx pot potx odp otp key',
  pdf: 'pdf xps',
  image:
    'jpg jpeg jpe png gif webp avif heic heif bmp tif tiff svg svgz ico psd psb ai eps raw arw cr2 cr3 nef dng orf rw2 xcf jxl indd sketch fig',
  video: 'mp4 m4v mov mkv webm avi wmv flv mpg mpeg mts m2ts 3gp ogv vob',
  audio: 'mp3 m4a aac flac wav ogg oga opus wma aif aiff mid midi amr ape',
  archive: 'zip rar 7z tar gz tgz bz2 tbz2 xz txz zst lz4 lzma cab iso dmg jar war deb rpm pkg apk msi',
  code: 'js mjs cjs jsx ts tsx mts cts vue svelte py rb php java kt kts scala go rs c h cc cpp cxx hpp hh cs fs swift m mm sh bash zsh fish ps1 bat cmd pl lua r jl sql html htm css scss sass less json json5 yaml yml toml ini xml xsd proto graphql ipynb dart ex exs erl hs clj cmake gradle dockerfile patch diff',
};

const KINDS = new Map(
  Object.entries(EXTENSIONS).flatMap(([kind, list]) => list.split(' ').map((one) => [one, kind as CatalogKind])),
);

/**
 * Lower case, without the dot; empty when there is none. A name that only begins with a dot has none.
 *
 * @example extensionOf('Report.PDF') === 'pdf'
 */
export function extensionOf(name: string): string {
  const dot = name.lastIndexOf('.');
  if (dot <= 0) return '';
  const extension = name.slice(dot + 1).toLowerCase();
  return extension.length > EXTENSION_CHARACTERS || /\s/.test(extension) ? '' : extension;
}

export function kindOf(extension: string): CatalogKind {
  return KINDS.get(extension) ?? 'other';
}
